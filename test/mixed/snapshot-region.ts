// Frankfurt and Ireland are allowed, Virginia is not.

import type { Column } from './resources.ts'

export default {
  judges: 'snapshots',
  usual: 'pass at-home',
  except: {
    'copy:rs:orders-0027h-ago': 'pass allowed',
    'copy:rs:orders-0001h-ago': 'pass allowed',
    'trial-2025': 'fail outside-for-ever',
    'reports-broken': '-',
    'us-east-1:111122223333:snapshot:*': 'unknown refused redshift:DescribeClusterSnapshots',
  },
} satisfies Column
