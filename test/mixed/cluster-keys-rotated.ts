// Nobody ever rotated anything; loyalty is minutes old, and two clusters have no keys to rotate.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: 'fail overdue',
  except: {
    'cluster:loyalty': 'pass young',
    'cluster:archive-2019': '-',
    'cluster:clickstream': '-',
    '444455556666:cluster:*': 'unknown refused redshift:DescribeClusters',
  },
} satisfies Column
