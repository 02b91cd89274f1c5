// Two clusters copy to Ireland; of one, copies of manual snapshots stay for ever.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: '-',
  except: {
    'eu-central-1:111122223333:cluster:orders': 'fail for-ever',
    'eu-central-1:444455556666:cluster:orders': 'pass expires',
    'us-east-1:444455556666:cluster:*': 'unknown refused redshift:DescribeClusters',
  },
} satisfies Column
