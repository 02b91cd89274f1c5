// Nobody gave the first database a name.

import type { Column } from './resources.ts'

export default {
  judges: 'namespaces',
  usual: 'fail default-name',
  except: {},
} satisfies Column
