// All that are encrypted are open.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: 'pass in-reach',
  except: {
    'cluster:archive-2019': '-',
    'cluster:clickstream': '-',
    'us-east-1:444455556666:cluster:*': 'unknown refused redshift:DescribeClusters',
  },
} satisfies Column
