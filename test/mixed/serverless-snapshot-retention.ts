// Partners kept theirs for ever.

import type { Column } from './resources.ts'

export default {
  judges: 'serverlessSnapshots',
  usual: 'pass expires',
  except: {
    '00000000002': 'fail never-expires',
  },
} satisfies Column
