// All three are open.

import type { Column } from './resources.ts'

export default {
  judges: 'namespaces',
  usual: 'pass in-reach',
  except: {},
} satisfies Column
