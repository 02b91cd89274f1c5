// Planning is copied to Ireland, and names no key for it.

import type { Column } from './resources.ts'

export default {
  judges: 'namespaces',
  usual: 'pass off',
  except: {
    '00000000001': 'fail aws-owned',
  },
} satisfies Column
