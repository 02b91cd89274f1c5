// No cluster lies under a hardware security module.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: 'pass none',
  except: { 'us-east-1:444455556666:cluster:*': 'unknown refused redshift:DescribeClusters' },
} satisfies Column
