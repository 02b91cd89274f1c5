// Datashares are closed to public clusters.

import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { datashare } from './examples/around.ts'

export default definePractice({
  id: 'datashare-public-consumers',
  title: 'Datashares are closed to publicly accessible clusters',
  severity: 'medium',
  resource: 'redshift:datashare',
  needs: [],
  controls: [],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_DATASHARE.html',
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_DataShare.html',
  ],
  why: 'A consumer with a public endpoint puts the shared tables as near to the internet as its own: your walls do not stand around them.',
  whenNotTo:
    'Data that is public anyway. A consumer that is public today may ask for private access instead.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-data-shares --query "DataShares[].[DataShareArn,AllowPubliclyAccessibleConsumers]"',
      ],
      console: ['Amazon Redshift › Datashares › In my account › DATASHARE: Publicly accessible.'],
    },
    change: {
      cli: [
        'aws redshift-data execute-statement --cluster-identifier CLUSTER --database DATABASE --sql "ALTER DATASHARE name SET PUBLICACCESSIBLE FALSE"',
      ],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Datashares › Datashares created in my account › DATASHARE › Edit: Publicly accessible Disable, Save changes. (No guide of AWS shows where.)',
        'It is SQL that changes it, as the owner of the datashare: Redoubt runs none. Consumers with a public endpoint lose their access.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_DATASHARE.html',
    readOn: '2026-11-27',
  },

  concerns: ({ ProducerArn = '' }, { account }) => ProducerArn.includes(`:${account}:`),

  check({ facts }) {
    const { AllowPubliclyAccessibleConsumers: allowed } = facts
    if (allowed === undefined) return unknown('untold', 'does not tell whether public clusters may read it')
    const states = { configured: said(allowed, 'facts'), inForce: said(allowed, 'facts') }
    return allowed
      ? fail('open', 'may be read from publicly accessible clusters', states)
      : pass('closed', 'is closed to publicly accessible clusters', states)
  },

  examples: {
    pass: { 'closed to public clusters': datashare({ reason: 'closed' }) },
    fail: {
      'open to public clusters': datashare({
        reason: 'open',
        facts: { AllowPubliclyAccessibleConsumers: true },
      }),
    },
  },
})
