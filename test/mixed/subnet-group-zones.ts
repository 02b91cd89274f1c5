// Two subnets are not two zones. The default group of each region has one in each zone.

import type { Column } from './resources.ts'

const groupIn = (place: string, name: string) => `arn:aws:redshift:${place}:subnetgroup:${name}`

export default {
  judges: [
    groupIn('eu-central-1:111122223333', 'two-zones'),
    groupIn('eu-central-1:111122223333', 'two-subnets'),
    ...['111122223333', '444455556666'].flatMap((account) =>
      ['eu-central-1', 'eu-west-1', 'us-east-1'].map((name) => groupIn(`${name}:${account}`, 'default')),
    ),
  ],
  usual: 'pass many-zones',
  except: {
    ':two-subnets': 'fail one-zone',
  },
} satisfies Column
