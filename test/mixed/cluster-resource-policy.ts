// One cluster lets in the lake account, which is trusted; one a stranger besides.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: 'pass none',
  except: {
    'eu-central-1:111122223333:cluster:orders': 'pass trusted-only',
    'eu-central-1:111122223333:cluster:returns': 'fail foreign',
    'us-east-1:444455556666:cluster:*': 'unknown refused redshift:DescribeClusters',
  },
} satisfies Column
