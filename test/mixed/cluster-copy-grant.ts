// Two clusters copy to Ireland, each under a grant.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: '-',
  except: {
    'eu-central-1:111122223333:cluster:orders': 'pass granted',
    'eu-central-1:444455556666:cluster:orders': 'pass granted',
    'us-east-1:444455556666:cluster:*': 'unknown refused redshift:DescribeClusters',
  },
} satisfies Column
