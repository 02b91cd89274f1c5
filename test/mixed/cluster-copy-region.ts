// Frankfurt and Ireland are allowed; two clusters copy from the one to the other.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: 'pass off',
  except: {
    'eu-central-1:111122223333:cluster:orders': 'pass allowed',
    'eu-central-1:444455556666:cluster:orders': 'pass allowed',
    'us-east-1:444455556666:cluster:*': 'unknown refused redshift:DescribeClusters',
  },
} satisfies Column
