// One cluster runs in two zones.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: 'fail one-zone',
  except: {
    'eu-central-1:111122223333:cluster:orders': 'pass two-zones',
    'us-east-1:444455556666:cluster:*': 'unknown refused redshift:DescribeClusters',
  },
} satisfies Column
