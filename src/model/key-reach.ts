// Whether a warehouse can reach the key that it lies under, as Redshift itself says by the warehouse's status.

import { fail, pass, said, type Verdict } from './practice.ts'

/** A status of its own in the guide, for namespaces as well, which the API's lists leave out. */
const outOfReach = 'inaccessible-kms-key'

/** The verdict on a status, and the key that is named beside it. */
export function keyReach(status: string | undefined, key: string | undefined): Verdict<'facts'> {
  const states = { inForce: said(status ?? null, 'facts' as const) }
  if (status !== outOfReach) return pass('in-reach', 'can reach its key', states)
  const what = `cannot reach its key${key ? ` ${key}` : ''}`
  return fail(
    'out-of-reach',
    `${what}: nobody can use it, and Redshift deletes it after 14 days without its key`,
    states,
  )
}
