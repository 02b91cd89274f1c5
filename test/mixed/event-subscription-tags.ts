// The one subscription has an owner.

import type { Column } from './resources.ts'

export default {
  judges: ['arn:aws:redshift:eu-central-1:111122223333:eventsubscription:warehouse-news'],
  usual: 'pass tagged',
  except: {},
} satisfies Column
