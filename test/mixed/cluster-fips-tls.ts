// Nobody asked for FIPS.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: 'fail off',
  except: {
    'eu-west-1:111122223333:cluster:claims': 'unknown refused redshift:DescribeClusterParameters',
    'us-east-1:444455556666:cluster:*': 'unknown refused redshift:DescribeClusters',
  },
} satisfies Column
