// Only the lake was ever told to log what its users do, and waits for a reboot since.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: 'fail off',
  except: {
    'eu-central-1:444455556666:cluster:lake': 'fail pending-reboot',
    'eu-west-1:111122223333:cluster:claims': 'unknown refused redshift:DescribeClusterParameters',
    'us-east-1:444455556666:cluster:*': 'unknown refused redshift:DescribeClusters',
  },
} satisfies Column
