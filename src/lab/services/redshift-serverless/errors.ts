// The errors of Redshift Serverless. Each operation declares which of them it knows.

import {
  ConflictException$,
  ResourceNotFoundException$,
  ValidationException$,
} from '@aws-sdk/client-redshift-serverless'
import { type AwsError, fault } from '#lab/wire/errors.ts'

/** Something in the request that cannot be. */
export function invalid(message: string): AwsError {
  return fault(ValidationException$, message)
}

/** Something that stands in the way of the request. */
export function conflict(message: string): AwsError {
  return fault(ConflictException$, message)
}

/** The error for something that is not there: `notFound('snapshot', 'weekly')`. */
export function notFound(what: string, name: string): AwsError {
  // Wording of a namespace: recorded in aws-solutions-library-samples/guidance-for-game-analytics-pipeline-on-aws#100.
  // Unverified: that the others follow it.
  return fault(ResourceNotFoundException$, `Serverless ${what} ${name} not found.`, { resourceName: name })
}

// Deleting: recorded by terraform-provider-aws (redshiftserverless/namespace.go, workgroup.go). Unverified: the same
// sentence for other verbs.
/** The error for a namespace or workgroup that is busy: `busy('namespace', 'deleting')`. */
export function busy(what: string, doing: string): AwsError {
  return conflict(`There is an operation running on the ${what}. Try ${doing} the ${what} again later.`)
}
