// Finds integrations, and the warehouses they write to.

import { type Integration, IntegrationNotFoundFault$ } from '@aws-sdk/client-redshift'
import { parseArn } from '#kit/arn.ts'
import { minute } from '#kit/time.ts'
import type { Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { IntegrationRecord } from './model.ts'

// Unverified: AWS publishes no durations.
export const integrationTakes = 5 * minute

/** All integrations that are still there. */
export function integrationsOf({ region, now }: Context): IntegrationRecord[] {
  return [...region.redshift.extras.integrations.values()].filter(
    ({ goneAt }) => goneAt === undefined || goneAt > now,
  )
}

/** Whether Redshift made it; those of RDS and others are made and listed there, and only arrive here. */
export function isOwn({ facts }: IntegrationRecord): boolean {
  return parseArn(facts.IntegrationArn)?.service === 'redshift'
}

/** The integration of that ARN, by name of the member that carried it, or IntegrationNotFoundFault. */
export function getIntegration(context: Context, arn: string): IntegrationRecord {
  const found = integrationsOf(context).find((one) => one.facts.IntegrationArn === arn && isOwn(one))
  if (!found) throw noIntegration()
  return found
}

/** AWS's answer about one that is not there. Wording: the fault's description. */
export function noIntegration() {
  return fault(IntegrationNotFoundFault$, "The integration can't be found.")
}

/** An integration as AWS shows it now. */
export function viewIntegration(one: IntegrationRecord, now: number): Integration {
  const { facts, goneAt, busyUntil, busy } = one
  const Status = goneAt !== undefined ? 'deleting' : busyUntil > now ? busy : facts.Status
  return { ...facts, Status }
}
