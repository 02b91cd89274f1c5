// Somebody switched TLS off for the studio.

import type { Column } from './resources.ts'

export default {
  judges: 'workgroups',
  usual: 'pass in-force',
  except: {
    '00000000002': 'fail off',
  },
} satisfies Column
