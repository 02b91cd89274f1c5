// Studio exports its audit logs, and publishes what it is told to; the others publish nothing.

import type { Column } from './resources.ts'

export default {
  judges: 'namespaces',
  usual: 'fail not-published',
  except: { '000000000002': 'fail incomplete' },
} satisfies Column
