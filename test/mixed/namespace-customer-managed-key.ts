// Only planning has a key of its own.

import type { Column } from './resources.ts'

export default {
  judges: 'namespaces',
  usual: 'fail aws-owned',
  except: {
    '00000000001': 'pass customer-managed',
  },
} satisfies Column
