// The grant for copies of orders in Ireland.

import type { Column } from './resources.ts'

export default {
  judges: ['arn:aws:redshift:eu-west-1:111122223333:snapshotcopygrant:orders-to-ireland'],
  usual: 'pass customer-managed',
  except: {},
} satisfies Column
