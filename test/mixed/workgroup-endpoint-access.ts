// The studio lets in the warehouse account; of the partners in Ireland it may not be read.

import type { Column } from './resources.ts'

export default {
  judges: 'workgroups',
  usual: 'pass private',
  except: {
    '00000000002': 'pass trusted-only',
    '00000000003': 'unknown refused redshift-serverless:GetResourcePolicy',
  },
} satisfies Column
