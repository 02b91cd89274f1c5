// A narrow role, one that leaves out IAM alone, one that may not be read.

import type { Column } from './resources.ts'

export default {
  judges: 'clusters',
  usual: 'pass none',
  except: {
    'eu-central-1:111122223333:cluster:orders': 'pass narrow',
    'cluster:archive-2019': 'fail wide',
    'cluster:claims': 'unknown refused iam:ListRolePolicies',
    'us-east-1:444455556666:cluster:*': 'unknown refused redshift:DescribeClusters',
  },
} satisfies Column
