// Two workgroups of the lake account are on the internet.

import type { Column } from './resources.ts'

export default {
  judges: 'workgroups',
  usual: 'fail public',
  except: {
    '00000000001': 'pass private',
  },
} satisfies Column
