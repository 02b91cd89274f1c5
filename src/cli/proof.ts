// What a verification says about the exit code.

import type { ExitReason } from '#model/problem.ts'
import type { Verification } from './outcomes.ts'

/** A failing finding is not in force; one that could not be judged proves nothing. */
export function proofReasons({ findings }: Verification): ExitReason[] {
  return [
    ...(findings.some(({ status }) => status === 'fail') ? ['notInForce' as const] : []),
    ...(findings.some(({ status }) => status === 'unknown' || status === 'manual')
      ? ['incomplete' as const]
      : []),
  ]
}
