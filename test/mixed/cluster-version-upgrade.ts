// One cluster takes no new versions.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: 'pass on',
  except: {
    'cluster:returns': 'fail off',
    'us-east-1:444455556666:cluster:*': 'unknown refused redshift:DescribeClusters',
  },
} satisfies Column
