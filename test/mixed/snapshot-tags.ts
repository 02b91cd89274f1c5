// One manual snapshot has an owner, under the very key. Automated ones are not judged.

import { automated, type Column } from './resources.ts'

export default {
  judges: 'snapshots',
  usual: 'fail missing',
  except: {
    'archive-2019-before-migration': 'pass tagged',
    'us-east-1:111122223333:snapshot:*': 'unknown refused redshift:DescribeClusterSnapshots',
    ...automated,
  },
} satisfies Column
