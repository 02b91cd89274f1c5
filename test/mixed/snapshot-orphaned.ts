// Where the clusters of a region may not be listed, nobody knows which snapshots are orphans.

import { automated, type Column } from './resources.ts'

export default {
  judges: 'snapshots',
  usual: 'pass lives',
  except: {
    'campaigns-2021-midyear': 'fail for-ever',
    'campaigns-2021-final': 'fail for-ever',
    'trial-2025': 'unknown refused redshift:DescribeClusters',
    'reports-broken': '-',
    'us-east-1:111122223333:snapshot:*': 'unknown refused redshift:DescribeClusterSnapshots',
    ...automated,
  },
} satisfies Column
