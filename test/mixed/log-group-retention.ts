// Redshift made these groups with the first delivery; nobody gave them an end. Nothing is in the user activity log of clusters whose parameter is off.

import type { Column } from './resources.ts'

const groups = (place: string, ...names: string[]) =>
  names.map((name) => `arn:aws:logs:${place}:log-group:/aws/redshift/${name}`)

export default {
  judges: [
    ...groups('eu-central-1:111122223333', 'cluster/payments/connectionlog', 'cluster/payments/userlog'),
    ...groups('eu-central-1:111122223333', 'planning/connectionlog', 'planning/userlog'),
    ...groups('eu-central-1:444455556666', 'cluster/lake/connectionlog', 'cluster/lake/userlog'),
    ...groups(
      'eu-central-1:444455556666',
      'studio/connectionlog',
      'studio/useractivitylog',
      'studio/userlog',
    ),
    ...groups('us-east-1:111122223333', 'cluster/mart/connectionlog', 'cluster/mart/userlog'),
  ],
  usual: 'fail for-ever',
  except: {},
} satisfies Column
