// What the lab keeps of usage limits.

import type { UsageLimit } from '@aws-sdk/client-redshift'

/** A limit of the cluster with that namespace. */
export type UsageLimitRecord = { id: string; namespace: string; facts: UsageLimit }
