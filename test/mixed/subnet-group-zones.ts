// Two subnets are not two zones.

import type { Column } from './resources.ts'

export default {
  judges: [
    'arn:aws:redshift:eu-central-1:111122223333:subnetgroup:two-zones',
    'arn:aws:redshift:eu-central-1:111122223333:subnetgroup:two-subnets',
  ],
  usual: 'pass many-zones',
  except: {
    ':two-subnets': 'fail one-zone',
  },
} satisfies Column
