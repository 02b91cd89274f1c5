// Nobody chose another port.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: 'fail default',
  except: { 'us-east-1:444455556666:cluster:*': 'unknown refused redshift:DescribeClusters' },
} satisfies Column
