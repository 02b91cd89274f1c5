// Only planning has an administrator with a name of its own.

import type { Column } from './resources.ts'

export default {
  judges: 'namespaces',
  usual: 'fail default-name',
  except: {
    '00000000001': 'pass own-name',
  },
} satisfies Column
