// The warehouse account has a subscription in Frankfurt, and nowhere else.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: 'fail none',
  except: {
    'eu-central-1:111122223333:cluster:orders': 'pass told',
    'cluster:payments': 'pass told',
    'cluster:returns': 'pass told',
    'cluster:loyalty': 'pass told',
    'cluster:archive-2019': 'pass told',
    'us-east-1:444455556666:cluster:*': 'unknown refused redshift:DescribeClusters',
  },
} satisfies Column
