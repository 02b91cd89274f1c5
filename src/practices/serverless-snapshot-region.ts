// Serverless snapshots and their copies lie in no region where data may not lie.

import { parseArn } from '#kit/arn.ts'
import { counted } from '#kit/text.ts'
import { definePractice, fail, pass, said } from '#model/practice.ts'
import { isLost } from '#model/serverless.ts'
import { allowsRegion } from '#model/settings.ts'
import { serverlessSnapshot } from './examples/serverless-snapshot.ts'

export default definePractice({
  id: 'serverless-snapshot-region',
  title: 'Serverless snapshots and their copies lie in allowed regions only',
  severity: 'medium',
  resource: 'redshift-serverless:snapshot',
  needs: [],
  controls: [],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-backup-copy.html',
    'https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_Snapshot.html',
  ],
  why: 'Switching the copying off does not bring the copies back: they stay in the other region until somebody deletes them, and no page of the namespace shows them.',
  whenNotTo: 'Copies that are meant to lie there: list the region under allowedRegions in redoubt.yaml.',
  guide: {
    check: {
      cli: [
        'aws redshift-serverless list-snapshots --region REGION --query "snapshots[].[snapshotName,namespaceArn,snapshotRetentionPeriod]"',
      ],
      console: [
        'In each region: Amazon Redshift Serverless › Data backup: those whose namespace belongs to another region.',
      ],
    },
    change: {
      cli: [
        'aws redshift-serverless update-snapshot --region REGION --snapshot-name SNAPSHOT --retention-period 90',
        'aws redshift-serverless delete-snapshot --region REGION --snapshot-name SNAPSHOT',
      ],
      console: [
        'In that region, Amazon Redshift Serverless › Data backup › SNAPSHOT › Actions › Set manual snapshot settings, or Delete. One that is shared must be unshared first.',
        'Deleting is for a person: it may be the only copy. Redoubt gives those that never expire an end under serverless-snapshot-retention.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-snapshot-update.html',
    readOn: '2026-11-27',
  },

  concerns: (facts, { account }) => (facts.ownerAccount ?? account) === account && !isLost(facts),

  check({ facts, region }, { policy }) {
    // Unverified: that a copy keeps the ARN of the namespace it was taken of, which is all that tells its source.
    const source = parseArn(facts.namespaceArn ?? '')?.region || region
    const states = { configured: said(region, 'facts'), inForce: said(region, 'facts') }
    const from = source === region ? '' : `, copied from ${source}`
    if (allowsRegion(policy, region, source))
      return pass(source === region ? 'at-home' : 'allowed', `lies in ${region}${from}, as it may`, states)
    const place = `lies in ${region}${from}, which is not among the allowed regions`
    const { snapshotRetentionPeriod: days = -1 } = facts
    return days < 0
      ? fail('outside-for-ever', `${place}, and never expires`, states)
      : fail('outside', `${place}, and is kept for ${counted(days, 'day')}`, states)
  },

  examples: {
    pass: {
      'where its namespace is': serverlessSnapshot({ reason: 'at-home' }),
      'a copy in an allowed region': copied('allowed', 30, ['eu-central-1', 'eu-west-1']),
    },
    fail: {
      'a copy that stayed behind, for ever': copied('outside-for-ever', -1),
      'a copy that expires': copied('outside', 30),
      'taken in a region that is not allowed': serverlessSnapshot({
        reason: 'outside',
        decided: { allowedRegions: ['eu-central-1'] },
      }),
    },
  },
})

function copied(reason: string, snapshotRetentionPeriod: number, allowedRegions?: string[]) {
  const namespaceArn =
    'arn:aws:redshift-serverless:eu-central-1:111122223333:namespace/7c2b9d40-1e6f-4a83-8b5d-0f9e7d6c5b02'
  const facts = { namespaceArn, snapshotRetentionPeriod }
  return serverlessSnapshot({ reason, facts, ...(allowedRegions && { decided: { allowedRegions } }) })
}
