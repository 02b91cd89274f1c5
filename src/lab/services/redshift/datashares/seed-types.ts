// What a region's seed says of datashares.

import type { DataShare } from '@aws-sdk/client-redshift'
import type { Seed } from '#lab/world.ts'

/** A datashare of this region as its producer; associations that are ACTIVE are also the consumers'. */
export type DataShareSeed = Seed<DataShare> & { DataShareArn: string }
