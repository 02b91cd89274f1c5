// It is on where nobody switched it off.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: 'pass on',
  except: { 'us-east-1:444455556666:cluster:*': 'unknown refused redshift:DescribeClusters' },
} satisfies Column
