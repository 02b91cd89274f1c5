// Only orders in Frankfurt has a key of its own; what names none lies under a key that AWS owns.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: 'fail aws-owned',
  except: {
    'eu-central-1:111122223333:cluster:orders': 'pass customer-managed',
    'cluster:archive-2019': 'fail not-encrypted',
    'cluster:clickstream': 'fail not-encrypted',
    '444455556666:cluster:*': 'unknown refused redshift:DescribeClusters',
  },
} satisfies Column
