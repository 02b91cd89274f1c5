// Most buckets of audit logs say nothing of plain HTTP; one refuses to read by it, one is gone. The landing bucket refuses it
// to everybody, in two statements; the policy of the exchange, in the lake account, may not be read.

import type { Column } from './resources.ts'

const buckets = ['audit', 'audit-ireland', 'audit-us', 'lake-audit', 'lake-audit-ireland', 'audit-old']

export default {
  judges: [...buckets, 'landing', 'exchange'].map((name) => `arn:aws:s3:::meridian-${name}`),
  usual: 'fail plain-http',
  except: {
    'meridian-audit-us': 'fail partly',
    'meridian-audit-old': 'fail gone',
    'meridian-landing': 'pass refused',
    'meridian-exchange': 'unknown refused s3:GetBucketPolicy',
  },
  besides: [
    'arn:aws:s3:::* unknown refused redshift:DescribeLoggingStatus',
    'arn:aws:s3:::* unknown refused redshift:DescribeClusters',
  ],
} satisfies Column
