// Nobody asked for FIPS.

import type { Column } from './resources.ts'

export default {
  judges: 'workgroups',
  usual: 'fail off',
  except: {},
} satisfies Column
