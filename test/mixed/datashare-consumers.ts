// Two datashares of orders: one for the lake, one that was left open after a demonstration.

import type { Column } from './resources.ts'

const share = 'arn:aws:redshift:eu-central-1:111122223333:datashare:3e8f5a71-0c2d-49b6-8f4a-6d1b7e9c2a05'

export default {
  judges: [`${share}/orders-for-lake`, `${share}/orders-for-demo`],
  usual: 'pass trusted-only',
  except: { 'orders-for-demo': 'fail shared' },
} satisfies Column
