// Most have no schedule; a paused cluster takes no snapshots.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: 'pass none',
  except: {
    'eu-central-1:111122223333:cluster:payments': 'pass on-time',
    'eu-central-1:111122223333:cluster:returns': 'fail failed',
    'eu-west-1:111122223333:cluster:ledger': '-',
    'us-east-1:444455556666:cluster:*': 'unknown refused redshift:DescribeClusters',
  },
} satisfies Column
