// Manual snapshots carry the tags that the user wants everywhere.

import { definePractice } from '#model/practice.ts'
import { requiresTags, tagged } from '#model/tagging.ts'
import { snapshot } from './examples.ts'

export default definePractice({
  id: 'snapshot-tags',
  title: 'Manual snapshots carry the required tags',
  severity: 'low',
  resource: 'redshift:snapshot',
  needs: [],
  controls: ['security-hub/Redshift.13'],
  references: ['https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateTags.html'],
  why: 'Who answers for it, and what it may hold, is only known when it says so itself; policies that permit by tags do nothing for what has none.',
  whenNotTo:
    'Where another list says who owns what: leave requiredTags out of redoubt.yaml, and nothing is judged by tags.',
  guide: {
    check: {
      cli: ['aws redshift describe-cluster-snapshots --snapshot-identifier NAME --query "Snapshots[].Tags"'],
      console: ['Amazon Redshift › Configurations › Manage tags: snapshots, NAME.'],
    },
    change: {
      cli: [
        'aws redshift create-tags --resource-name arn:aws:redshift:REGION:ACCOUNT:snapshot:CLUSTER/NAME --tags Key=owner,Value=TEAM',
      ],
      console: [
        'Amazon Redshift › Configurations › Manage tags: snapshots, NAME, add the tag › Review and apply tag changes › Apply.',
        'Only a person knows the value; Redoubt therefore adds none.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/rs-mgmt-tagging-console.html',
    readOn: '2026-11-27',
  },

  asks: requiresTags,
  concerns: (facts, { account }) => facts.SnapshotType === 'manual' && facts.OwnerAccount === account,

  check: ({ facts }, { policy }) => tagged(facts.Tags, policy),

  examples: {
    pass: {
      'it carries what is required': snapshot({
        reason: 'tagged',
        facts: { Tags: [{ Key: 'owner', Value: 'sales' }] },
        policy: { requiredTags: ['owner'] },
      }),
    },
    fail: {
      'it carries nothing': snapshot({ reason: 'missing', policy: { requiredTags: ['owner'] } }),
      'one of two is missing': snapshot({
        reason: 'missing',
        facts: { Tags: [{ Key: 'owner', Value: 'sales' }] },
        policy: { requiredTags: ['owner', 'classification'] },
      }),
    },
  },
})
