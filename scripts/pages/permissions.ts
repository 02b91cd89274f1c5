// docs/permissions.md: the IAM permissions that each verb takes, from the calls that the code makes.

import type { Collector } from '#aws/collector.ts'
import { readActions } from '#model/action.ts'
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
  const collected: string[] = collectors.flatMap(({ reads }) => [...reads])
  const session = readActions.filter((action) => !collected.includes(action))
  const reads = [...session, ...collected].sort()
  const changes = explanations.flatMap(({ remediation }) => remediation?.permissions ?? [])
  const undos = explanations.flatMap(({ remediation }) => remediation?.undoPermissions ?? [])
  const writes = [...new Set([...changes, ...undos])].sort()
  const text = [
    '# Permissions',
    generatedNotice,
    'These lists are made from the calls in the code. A permission that is missing is never a reason to stop: what could not be read is shown as unknown, with the name of the permission.',
    '## To scan, show and plan',
    'Reading only. `sts:GetCallerIdentity` needs no permission. `sts:AssumeRole` is only used for accounts named in `redoubt.yaml`, `ec2:DescribeRegions` only with `--all-regions` and to check region names.',
    policy('RedoubtScan', reads),
    '## To apply and undo',
    'Besides the above. Give only what the practices need that you want to fix; a plan lists the permission of each of its steps.',
    policy('RedoubtApply', writes),
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
    '## By service',
    bullets(collectors.map(({ service, reads: own }) => `${service}: ${own.map(code).join(', ')}`)),
  ]
  return { path: 'docs/permissions.md', text: `${text.join('\n\n')}\n` }
}

function list(actions: readonly string[]): string {
  return actions.map(code).join('<br>') || '–'
}

function policy(sid: string, actions: readonly string[]): string {
  const document = {
    Version: '2012-10-17',
    Statement: [{ Sid: sid, Effect: 'Allow', Action: actions, Resource: '*' }],
  }
  return ['```json', JSON.stringify(document, null, 2), '```'].join('\n')
}
