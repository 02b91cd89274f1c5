// No cluster but one was ever given a default: AWS keeps what nobody told otherwise.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: 'fail for-ever',
  except: {
    'eu-central-1:111122223333:cluster:orders': 'pass expires',
    'us-east-1:444455556666:cluster:*': 'unknown refused redshift:DescribeClusters',
  },
} satisfies Column
