// A tag without a value tells nothing.

import type { Column } from './resources.ts'

export default {
  judges: [
    'arn:aws:redshift:eu-central-1:111122223333:subnetgroup:two-zones',
    'arn:aws:redshift:eu-central-1:111122223333:subnetgroup:two-subnets',
  ],
  usual: 'fail missing',
  except: {
    ':two-zones': 'pass tagged',
  },
} satisfies Column
