// Planning listens where nobody looks first.

import type { Column } from './resources.ts'

export default {
  judges: 'workgroups',
  usual: 'fail default-port',
  except: {
    '00000000001': 'pass own-port',
  },
} satisfies Column
