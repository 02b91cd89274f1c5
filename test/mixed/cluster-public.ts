// Three are on the internet, whatever guards them.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: 'pass private',
  except: {
    'eu-central-1:111122223333:cluster:payments': 'fail public',
    'cluster:lake': 'fail public',
    'eu-west-1:444455556666:cluster:orders': 'fail public',
    'us-east-1:444455556666:cluster:*': 'unknown refused redshift:DescribeClusters',
  },
} satisfies Column
