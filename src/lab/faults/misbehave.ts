// What a fault does to a call and its answer.

import { AwsError } from '../wire/errors.ts'
import type { Fault } from './faults.ts'

/** How an answer is sent badly. */
export type Manner =
  | { kind: 'timeout' | 'slow'; seconds: number }
  | { kind: 'reset' | 'truncated' | 'malformed' }

/** Whether the call is carried out before the fault strikes. */
export function isAfter(fault: Fault): boolean {
  return !('after' in fault) || fault.after
}

/** The error a fault answers with. A call that is lost before it was carried out ends here too, with an error nobody sees. */
export function faultError(fault: Fault): AwsError | undefined {
  if (fault.kind === 'error') return new AwsError(fault.code, fault.status, fault.message)
  return isAfter(fault)
    ? undefined
    : new AwsError('ServiceUnavailable', 503, 'The lab was told to lose this call.')
}

/** How the answer to the call is sent. */
export function mannerOf(fault: Fault): Manner | undefined {
  switch (fault.kind) {
    case 'timeout':
    case 'slow':
      return { kind: fault.kind, seconds: fault.seconds }
    case 'reset':
    case 'truncated':
    case 'malformed':
      return { kind: fault.kind }
    default:
      return undefined
  }
}

// How a request names the page it wants, and how the answer names the next one; KMS, S3 and IAM also say that there is more.
const markers = [
  { asked: 'Marker', told: 'NextMarker', more: 'Truncated' },
  { asked: 'ContinuationToken', told: 'NextContinuationToken', more: 'IsTruncated' },
  { asked: 'Marker', told: 'Marker', more: 'IsTruncated' },
  { asked: 'Marker', told: 'Marker' },
  { asked: 'NextToken', told: 'NextToken' },
  { asked: 'nextToken', told: 'nextToken' },
]

/** An output that names the page it was asked for as the next one, so that the list never ends. */
export function repeatMarker(input: Record<string, unknown>, output: object): object {
  const marker = markers.find(({ asked, more }) => input[asked] && (more === undefined || more in output))
  if (!marker) return output
  return { ...output, [marker.told]: input[marker.asked], ...(marker.more && { [marker.more]: true }) }
}
