// Automated snapshots go with their retention, and are not judged.

import { automated, type Column } from './resources.ts'

export default {
  judges: 'snapshots',
  usual: 'pass encrypted',
  except: {
    'archive-2019-before-migration': 'fail not-encrypted',
    'campaigns-2021-midyear': 'fail not-encrypted',
    'campaigns-2021-final': 'fail not-encrypted',
    'sandbox-final': 'fail not-encrypted',
    'reports-broken': '-',
    'claims-right-now': '-',
    'us-east-1:111122223333:snapshot:*': 'unknown refused redshift:DescribeClusterSnapshots',
    ...automated,
  },
} satisfies Column
