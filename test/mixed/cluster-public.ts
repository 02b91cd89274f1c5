// Nobody put a cluster on the internet.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: 'pass private',
  except: { 'us-east-1:444455556666:cluster:*': 'unknown refused redshift:DescribeClusters' },
} satisfies Column
