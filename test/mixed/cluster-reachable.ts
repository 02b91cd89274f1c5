// Open but private; on the internet behind a closed group; open in two halves; open to a list that may not be read.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: 'pass private',
  except: {
    'eu-central-1:111122223333:cluster:payments': 'pass narrow',
    'cluster:lake': 'fail reachable',
    'eu-west-1:444455556666:cluster:orders': 'unknown refused ec2:GetManagedPrefixListEntries',
    'us-east-1:444455556666:cluster:*': 'unknown refused redshift:DescribeClusters',
  },
} satisfies Column
