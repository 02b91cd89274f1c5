// Orders is copied to Ireland in both accounts. Of the trial, whose cluster may not be listed, nobody can tell.

import type { Column } from './resources.ts'

export default {
  judges: 'copyGrants',
  usual: 'pass used',
  except: {
    'eu-central-1:111122223333:snapshotcopygrant:orders-to-ireland': 'fail unused',
    'snapshotcopygrant:trial-to-ireland': 'unknown refused redshift:DescribeClusters',
  },
} satisfies Column
