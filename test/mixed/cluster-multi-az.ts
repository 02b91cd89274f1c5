// A second zone is there only where somebody paid for it.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: 'fail one-zone',
  except: { 'us-east-1:444455556666:cluster:*': 'unknown refused redshift:DescribeClusters' },
} satisfies Column
