// The company wants an owner; one cluster has one.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: 'fail missing',
  except: {
    'eu-central-1:111122223333:cluster:orders': 'pass tagged',
    'us-east-1:444455556666:cluster:*': 'unknown refused redshift:DescribeClusters',
  },
} satisfies Column
