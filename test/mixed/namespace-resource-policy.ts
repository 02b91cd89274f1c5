// Studio lets the other account of the company in.

import type { Column } from './resources.ts'

export default {
  judges: 'namespaces',
  usual: 'pass none',
  except: {
    '00000000002': 'pass trusted-only',
  },
} satisfies Column
