// Nobody gave a namespace a role.

import type { Column } from './resources.ts'

export default {
  judges: 'namespaces',
  usual: 'pass none',
  except: {},
} satisfies Column
