// One cluster loads through its VPC.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: 'fail off',
  except: {
    'eu-central-1:111122223333:cluster:orders': 'pass on',
    'us-east-1:444455556666:cluster:*': 'unknown refused redshift:DescribeClusters',
  },
} satisfies Column
