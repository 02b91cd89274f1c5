// Only planning says who owns it.

import type { Column } from './resources.ts'

export default {
  judges: 'namespaces',
  usual: 'fail missing',
  except: {
    '00000000001': 'pass tagged',
  },
} satisfies Column
