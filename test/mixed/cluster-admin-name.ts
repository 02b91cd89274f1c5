// One administrator has a name of its own.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: 'fail default',
  except: {
    'eu-central-1:111122223333:cluster:orders': 'pass own',
    'us-east-1:444455556666:cluster:*': 'unknown refused redshift:DescribeClusters',
  },
} satisfies Column
