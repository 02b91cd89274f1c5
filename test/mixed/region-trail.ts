// Nobody made a trail. In us-east-1 not all that may lie there could be listed, so what follows from it is not told.

import type { Column } from './resources.ts'

const region = (name: string, account: string, tail = name) =>
  `arn:aws:account:${name}:${account}:region/${tail}`

const clusters = 'unknown refused redshift:DescribeClusters'
const snapshots = 'unknown refused redshift:DescribeClusterSnapshots'

export default {
  judges: ['111122223333', '444455556666'].flatMap((account) => [
    region('eu-central-1', account),
    region('eu-west-1', account),
    region('us-east-1', account),
    region('us-east-1', account, '*'),
  ]),
  usual: 'fail no-trail',
  except: {
    '111122223333:region/us-east-1': snapshots,
    '111122223333:region/*': snapshots,
    '444455556666:region/us-east-1': clusters,
    '444455556666:region/*': clusters,
  },
} satisfies Column
