// Returns publishes them all, and keeps no audit log for it.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: 'fail not-published',
  except: {
    'cluster:returns': 'pass published',
    'eu-west-1:111122223333:cluster:claims': 'unknown refused redshift:DescribeLoggingStatus',
    'us-east-1:444455556666:cluster:*': 'unknown refused redshift:DescribeClusters',
  },
} satisfies Column
