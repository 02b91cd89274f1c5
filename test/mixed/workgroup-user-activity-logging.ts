// Planning writes a log that its namespace does not export; partners write none.

import type { Column } from './resources.ts'

export default {
  judges: 'workgroups',
  usual: 'pass on',
  except: {
    '00000000001': 'fail not-exported',
    '00000000003': 'fail off',
  },
} satisfies Column
