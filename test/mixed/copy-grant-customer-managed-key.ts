// Each for a key of its own account.

import type { Column } from './resources.ts'

export default {
  judges: 'copyGrants',
  usual: 'pass customer-managed',
  except: {},
} satisfies Column
