// docs/permissions.md: the IAM permissions that each verb takes, from the calls that the code makes.

import { leastPolicy, type PolicyText } from '#app/policy.ts'
import { allActions, wishNeeds } from '#app/wishes.ts'
import type { Collector } from '#aws/collector.ts'
import { explanationOf } from '#model/explanation.ts'
import type { AnyPractice } from '#model/practice.ts'
import { exampleNow } from '#practices/examples.ts'
import { loadShelf } from '../shelf.ts'
import type { Page } from './indexes.ts'
import { bullets, code, generatedNotice, table } from './markdown.ts'

/** The page of permissions. */
export async function permissionsPage(): Promise<Page> {
  const collectors = await loadShelf<Collector>('src/collectors')
  const practices = await loadShelf<AnyPractice>('src/practices')
  const explanations = practices.map((practice) => explanationOf(practice, exampleNow))
  const wish = { enabled: practices, partition: 'aws', accounts: [] }
  const scan = leastPolicy('scan', wish)
  const apply = leastPolicy('apply', wish)
  const changes = apply.Statement.filter(({ Sid }) => Sid !== 'RedoubtRead')
  const text = [
    '# Permissions',
    generatedNotice,
    'These lists are made from the calls in the code. A permission that is missing is never a reason to stop: what could not be read is shown as unknown, with the name of the permission.',
    '`redoubt policy --for scan`, `--for hunt` and `--for apply` print them for your settings and partition, and with `--practice` or `--action` only what that practice, or that action of `redoubt do`, needs.',
    '## To scan, show and plan',
    'Reading only. `sts:GetCallerIdentity` needs no permission. `sts:AssumeRole` is needed besides, on the roles that are named in `redoubt.yaml`, each of which needs the same policy in its own account; `ec2:DescribeRegions` only with `--all-regions` and to check region names.',
    json(scan),
    '## To read logs',
    'Where `readLogs` or `scan --read-logs` has a scan read the user activity logs: `redoubt policy --for hunt`. Of what lies in buckets it allows the files of these logs alone, which SSE-S3 encrypts: no key is needed.',
    json(leastPolicy('hunt', wish)),
    '## To apply and undo',
    'Besides the above; Redshift uses keys by grants that it makes in the name of the caller. Give only what the practices need that you want to fix; a plan lists the permission of each of its steps.',
    json({ ...apply, Statement: changes }),
    '## By practice',
    table(
      ['practice', 'reads', 'apply', 'undo'],
      explanations.map(({ id, reads: own, remediation }) => [
        `[${id}](practices/${id}.md)`,
        list(own),
        list(remediation?.permissions ?? []),
        list(remediation?.undoPermissions ?? []),
      ]),
    ),
    '## By action of `redoubt do`',
    'What the newest scan must have read, what it takes to fulfil the wish, and to take it back.',
    table(
      ['action', 'reads', 'apply', 'undo'],
      allActions().map((action) => {
        const { reads, permissions, undoPermissions } = wishNeeds(action)
        return [code(action.name), list(reads), list(permissions), list(undoPermissions)]
      }),
    ),
    '## By service',
    bullets(collectors.map(({ service, reads: own }) => `${service}: ${own.map(code).join(', ')}`)),
  ]
  return { path: 'docs/permissions.md', text: `${text.join('\n\n')}\n` }
}

function list(actions: readonly string[]): string {
  return actions.map(code).join('<br>') || '–'
}

function json(policy: PolicyText): string {
  return ['```json', JSON.stringify(policy, null, 2), '```'].join('\n')
}
