// Only the planners route through their VPC.

import type { Column } from './resources.ts'

export default {
  judges: 'workgroups',
  usual: 'fail off',
  except: {
    '00000000001': 'pass on',
  },
} satisfies Column
