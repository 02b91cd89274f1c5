// An estate as one finds it: near misses, changes under way, refused permissions, leftovers of what is gone. Many cases
// are ones that other tools judge wrong; what is right for each resource is written by hand in test/mixed.table.ts.

import type { World } from '../world.ts'
import { lakeAccount } from './mixed-lake.ts'
import { warehouseAccount } from './mixed-warehouse.ts'
import { lake, warehouse } from './parts.ts'

export default {
  name: 'mixed',
  about: 'Two accounts in three regions with near misses, pending changes, refusals and leftovers.',
  accounts: { [warehouse]: warehouseAccount, [lake]: lakeAccount },
} satisfies World as World
