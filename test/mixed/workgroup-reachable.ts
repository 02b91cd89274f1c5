// Wide open but private; open to the internet in two halves; open to a list that may not be read.

import type { Column } from './resources.ts'

export default {
  judges: 'workgroups',
  usual: 'fail reachable',
  except: {
    '00000000001': 'pass private',
    '00000000003': 'unknown refused ec2:GetManagedPrefixListEntries',
  },
} satisfies Column
