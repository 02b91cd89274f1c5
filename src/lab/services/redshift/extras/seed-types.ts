// What a region's seed says of Redshift's side families.

import type { DataShareSeed } from '../datashares/seed-types.ts'

/** Datashares of this region as their producer. */
export type ExtrasSeed = {
  datashares?: DataShareSeed[]
}
