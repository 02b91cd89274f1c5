// `redoubt scan`: collect, assess, report.

import { counted, harmless } from '#kit/text.ts'
import type { KeptAssessment } from '#model/assessment.ts'
import type { Finding } from '#model/finding.ts'
import { type ExitReason, Problem } from '#model/problem.ts'
import { mostLogDays } from '#model/settings.ts'
import { isAtLeast, type Severity, severities } from '#model/severity.ts'
import { expired } from '#model/suppression.ts'
import { defineCommand } from '../command.ts'
import { connectionOf, workspaceOf } from '../connection.ts'
import { numberOf } from '../number.ts'
import { deliver, parseOutputs } from '../output.ts'
import { lastDays } from '../view/words.ts'

export default defineCommand({
  name: 'scan',
  summary: 'Look at every cluster and snapshot, and judge them by the practices',
  description:
    'Asks AWS about the Redshift clusters, parameter groups and snapshots of the chosen regions, judges them, and shows what is wrong. It only reads. What AWS refuses to tell is shown as unknown, never as pass. The inventory and the assessment are kept in the workspace; plan and show start from them.',
  arguments: {},
  options: {
    output: {
      short: 'o',
      value: 'format[=file]',
      many: true,
      about: 'table or json; may be repeated, each to its own file. Without a file it goes to stdout.',
    },
    practice: { value: 'id', many: true, about: 'Judge by this practice only; may be repeated.' },
    readLogs: {
      value: 'days',
      about:
        'Read the user activity logs of the last days for the buckets that COPY and UNLOAD name, and judge them too; 0 reads none. readLogs in redoubt.yaml when absent.',
    },
    failOn: {
      value: 'severity',
      choices: [...severities, 'none'],
      default: 'high',
      about: 'Exit with 3 when a finding of this severity or worse fails.',
    },
    minSeverity: {
      value: 'severity',
      choices: severities,
      default: 'informational',
      about: 'Show findings of this severity or worse. It changes neither reports nor the exit code.',
    },
    failOnUnknown: {
      negatable: true,
      about: 'Exit with 4 when a finding is unknown; the default where there is no terminal.',
    },
  },
  examples: {
    'redoubt scan': 'Look at the region that the AWS CLI would use.',
    'redoubt scan --profile audit --all-regions -o table -o json=assessment.json':
      'Look everywhere, show a table and write a report.',
    'redoubt scan --read-logs 1':
      'Judge the buckets too that the logs of the last day show data to move through.',
    'redoubt scan --fail-on critical --no-fail-on-unknown': 'Fail a pipeline only for the worst.',
  },
  async run({ options, global, terminal }) {
    const outputs = parseOutputs(options.output)
    const [{ blindness }, { scan }, { mendable }, { openWorkspace }] = await Promise.all([
      import('#app/blindness.ts'),
      import('#app/scan.ts'),
      import('#app/plans.ts'),
      import('#app/workspace.ts'),
    ])
    const workspace = await openWorkspace(workspaceOf(global))
    const logDays = options.readLogs === undefined ? undefined : daysOf(options.readLogs)
    const { assessment, manifest, seenInLogs } = await scan(workspace, connectionOf(global, terminal), {
      practices: options.practice,
      logDays,
      reading: (done, of, warehouse) =>
        terminal.progress(`Reading logs: ${done} of ${of} done, ${warehouse}`),
      progress: (done, of, place) => terminal.progress(`Scanning: ${done} of ${of} done, ${place}`),
    })
    const shown = {
      minSeverity: options.minSeverity,
      mendable: (findings: readonly Finding[]) => mendable(workspace, findings),
    }
    await deliver(assessment, outputs, shown, terminal)
    const calls = `${manifest.calls} AWS calls`
    terminal.tell(harmless(`Kept in ${global.workspace}: assessment ${assessment.id}, ${calls}.`))
    if (seenInLogs) {
      const unread = seenInLogs.gaps.size > 0 ? '; some logs could not be read' : ''
      terminal.tell(
        `COPY and UNLOAD name ${counted(seenInLogs.buckets.size, 'bucket')} in the logs of ${lastDays(seenInLogs.days)}${unread}.`,
      )
    }
    const blind = blindness(assessment, manifest, terminal.env)
    if (blind) {
      terminal.tell(harmless(`redoubt: ${blind.what}`))
      terminal.tell(harmless(blind.todo))
      return [blind.exit]
    }
    return reasonsOf(assessment, options.failOn, options.failOnUnknown ?? !terminal.interactive)
  },
})

/** The days of `--read-logs`. */
function daysOf(text: string): number {
  const days = numberOf('--read-logs', text)
  if (Number.isInteger(days) && days <= mostLogDays) return days
  const todo = `Write --read-logs 1, or a number up to ${mostLogDays}; 0 reads none.`
  throw new Problem('usage', `--read-logs takes 0 to ${mostLogDays} whole days, not ${days}.`, todo)
}

/** Why a scan should not exit with 0. */
export function reasonsOf(
  { tallies, counts, interrupted }: KeptAssessment,
  failOn: Severity | 'none',
  failOnUnknown: boolean,
): ExitReason[] {
  const isBad = tallies.some(
    ({ counts: { fail }, severity }) => fail > 0 && failOn !== 'none' && isAtLeast(severity, failOn),
  )
  const hasExpired = tallies.some(({ practice }) => practice === expired)
  return [
    ...(interrupted ? ['interrupted' as const] : []),
    ...(isBad ? ['findings' as const] : []),
    ...(hasExpired ? ['suppressionExpired' as const] : []),
    ...(failOnUnknown && counts.unknown > 0 ? ['incomplete' as const] : []),
  ]
}
