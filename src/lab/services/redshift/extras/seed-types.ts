// What a region's seed says of Redshift's side families.

import type { DataShareSeed } from '../datashares/seed-types.ts'
import type { EndpointAuthorizationSeed } from '../endpoints/seed.ts'

/** Datashares of this region as their producer, and who may reach its clusters through VPC endpoints. */
export type ExtrasSeed = {
  datashares?: DataShareSeed[]
  endpointAuthorizations?: EndpointAuthorizationSeed[]
}
