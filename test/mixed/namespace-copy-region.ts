// Planning is copied to Ireland, which is allowed, and not for ever.

import type { Column } from './resources.ts'

export default {
  judges: 'namespaces',
  usual: 'pass off',
  except: {
    '00000000001': 'pass allowed',
  },
} satisfies Column
