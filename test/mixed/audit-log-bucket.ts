// Five buckets let Redshift write and nobody read; one is gone. Where the logs of claims go may not be asked, and clusters
// of the lake account in us-east-1 may not be listed: nobody knows which other buckets there are.

import type { Column } from './resources.ts'

const buckets = ['audit', 'audit-ireland', 'audit-us', 'lake-audit', 'lake-audit-ireland', 'audit-old']

export default {
  judges: buckets.map((name) => `arn:aws:s3:::meridian-${name}`),
  usual: 'pass ready',
  except: { 'meridian-audit-old': 'fail gone' },
  besides: [
    'arn:aws:s3:::* unknown refused redshift:DescribeLoggingStatus',
    'arn:aws:s3:::* unknown refused redshift:DescribeClusters',
  ],
} satisfies Column
