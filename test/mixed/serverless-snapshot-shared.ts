// Planning shares with the other account of the company; the policy of partners may not be read.

import type { Column } from './resources.ts'

export default {
  judges: 'serverlessSnapshots',
  usual: 'pass trusted-only',
  except: {
    '00000000002': 'unknown refused redshift-serverless:GetResourcePolicy',
  },
} satisfies Column
