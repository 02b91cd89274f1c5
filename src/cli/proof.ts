// What a verification says about the exit code.

import type { ExitReason } from '#model/problem.ts'
import type { Verification } from './outcomes.ts'

/** A failing finding is not in force, nor is one on what is gone, nor a wish of which a fact does not hold; one that could not be judged proves nothing. */
export function proofReasons({ findings, gone, wish }: Verification): ExitReason[] {
  const isOpen =
    findings.some(({ status }) => status === 'fail') || gone.length > 0 || (wish?.open.length ?? 0) > 0
  const isUnproved = findings.some(({ status }) => status === 'unknown' || status === 'manual')
  return [...(isOpen ? ['notInForce' as const] : []), ...(isUnproved ? ['incomplete' as const] : [])]
}
