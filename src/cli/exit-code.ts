// Turns everything that can be said about a run into the one number that a shell sees.

import { type ExitReason, exitCodes } from '#model/problem.ts'

// The order of exitCodes is the order of precedence; of the three 25x codes usage goes first: nothing was tried yet.
const precedence = Object.keys(exitCodes) as ExitReason[]

/** The exit code for a run of which all these reasons hold; 0 when there are none. */
export function exitCode(reasons: readonly ExitReason[]): number {
  return exitCodes[precedence.find((reason) => reasons.includes(reason)) ?? 'ok']
}

/** What each exit code means, in order of precedence; `docs/commands.md` lists it. */
export const exitMeanings: Readonly<Record<ExitReason, string>> = {
  interrupted: 'interrupted (Ctrl-C); partial results are kept',
  internal: 'internal error: a mistake in Redoubt, or a full disk',
  usage: 'wrong usage; also a question that needs an answer, without a terminal and without `--yes`',
  environment: 'wrong environment: credentials, settings, workspace, endpoint',
  refused: 'AWS refused, and nothing could be scanned',
  stopped: '`apply` or `undo` stopped before the end',
  notInForce:
    '`verify`, or `apply`, which looks again at its end: a finding that the plan is to close still fails',
  stale: 'the plan is stale, edited or refused',
  findings: 'findings at or above `--fail-on`',
  incomplete: 'finished, but incomplete: some findings are unknown (`--fail-on-unknown`)',
  suppressionExpired: 'a suppression has expired',
  changes: '`plan --detailed-exitcode`: there are changes',
  ok: 'nothing to report',
}
