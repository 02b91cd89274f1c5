// Calls over many snapshots: what fails is told apart, and the rest is done.

import type { SnapshotErrorMessage } from '@aws-sdk/client-redshift'
import { AwsError } from '#lab/wire/errors.ts'

/** "The limit is 100" (API, the faults of both batch operations). */
export const largestBatch = 100

type Target = { SnapshotIdentifier: string | undefined; SnapshotClusterIdentifier?: string | undefined }

/** Does the same with each snapshot. The answer is a success even when all of them failed (API). */
export function inBatch(
  targets: Target[],
  act: (target: Target) => unknown,
): { Resources: string[]; Errors: SnapshotErrorMessage[] } {
  const Resources: string[] = []
  const Errors: SnapshotErrorMessage[] = []
  for (const target of targets) {
    try {
      act(target)
      Resources.push(target.SnapshotIdentifier ?? '')
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      Errors.push(failureOf(target, error))
    }
  }
  return { Resources, Errors }
}

// Unverified: that the codes are those of the single operations.
function failureOf(target: Target, { code, message }: AwsError): SnapshotErrorMessage {
  const { SnapshotIdentifier, SnapshotClusterIdentifier } = target
  return {
    SnapshotIdentifier,
    ...(SnapshotClusterIdentifier !== undefined && { SnapshotClusterIdentifier }),
    FailureCode: code,
    FailureReason: message,
  }
}
