// It is off where nobody switched it on.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: 'fail off',
  except: { 'us-east-1:444455556666:cluster:*': 'unknown refused redshift:DescribeClusters' },
} satisfies Column
