// What stands beside Redshift's clusters and snapshots in a region.

import type { DataShareRecord } from '../datashares/model.ts'
import type { AuthorizationRecord, EndpointRecord } from '../endpoints/model.ts'
import type { SubscriptionRecord } from '../events/model.ts'
import type { IntegrationRecord } from '../integrations/model.ts'
import type { ScheduledActionRecord } from '../scheduled-actions/model.ts'
import type { UsageLimitRecord } from '../usage-limits/model.ts'

/** The side families of Redshift in one region of one account. */
export type Extras = {
  /** By ARN, of this region as the producer. */
  dataShares: Map<string, DataShareRecord>
  /** By name, of VPCs of this region and account. */
  endpoints: Map<string, EndpointRecord>
  /** Of this region's clusters. */
  endpointAuthorizations: AuthorizationRecord[]
  subscriptions: Map<string, SubscriptionRecord>
  /** By ARN, into this region's warehouses. */
  integrations: Map<string, IntegrationRecord>
  /** Resource policies as they were put, by the ARN of their resource. */
  policies: Map<string, string>
  usageLimits: Map<string, UsageLimitRecord>
  scheduledActions: Map<string, ScheduledActionRecord>
  /** The content of authentication profiles, by name. */
  profiles: Map<string, string>
}

/** Nothing beside the clusters. */
export function emptyExtras(): Extras {
  return {
    dataShares: new Map(),
    endpoints: new Map(),
    endpointAuthorizations: [],
    subscriptions: new Map(),
    integrations: new Map(),
    policies: new Map(),
    usageLimits: new Map(),
    scheduledActions: new Map(),
    profiles: new Map(),
  }
}
