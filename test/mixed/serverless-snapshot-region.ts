// Each lies where its namespace is, Frankfurt and Ireland, which are allowed.

import type { Column } from './resources.ts'

export default {
  judges: 'serverlessSnapshots',
  usual: 'pass at-home',
  except: {},
} satisfies Column
