// Secrets Manager keeps the password of planning.

import type { Column } from './resources.ts'

export default {
  judges: 'namespaces',
  usual: 'fail own-password',
  except: {
    '00000000001': 'pass managed',
  },
} satisfies Column
