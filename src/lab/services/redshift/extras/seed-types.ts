// What a region's seed says of Redshift's side families.

import type { DataShareSeed } from '../datashares/seed-types.ts'
import type { EndpointAuthorizationSeed } from '../endpoints/seed.ts'
import type { EventSubscriptionSeed } from '../events/seed.ts'
import type { IntegrationSeed } from '../integrations/seed.ts'
import type { RedshiftEventSeed } from '../lifecycle/seed-events.ts'
import type { NamespacePolicySeed } from '../policies/seed.ts'
import type { AuthenticationProfileSeed } from '../profiles/seed.ts'
import type { ScheduledActionSeed } from '../scheduled-actions/seed.ts'

/** Datashares of this region as their producer, and who may reach its clusters through VPC endpoints;
 * which events are told to whom, what data comes in from elsewhere, what is done to clusters at set times, and how their
 * drivers connect. */
export type ExtrasSeed = {
  datashares?: DataShareSeed[]
  endpointAuthorizations?: EndpointAuthorizationSeed[]
  eventSubscriptions?: EventSubscriptionSeed[]
  integrations?: IntegrationSeed[]
  scheduledActions?: ScheduledActionSeed[]
  namespacePolicies?: NamespacePolicySeed[]
  authenticationProfiles?: AuthenticationProfileSeed[]
  redshiftEvents?: RedshiftEventSeed[]
}
