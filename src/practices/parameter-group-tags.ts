// Parameter groups carry the tags that the user wants everywhere.

import { definePractice, unknown } from '#model/practice.ts'
import { requiresTags, tagged } from '#model/tagging.ts'
import { parameterGroup } from './examples/groups.ts'

export default definePractice({
  id: 'parameter-group-tags',
  title: 'Parameter groups carry the required tags',
  severity: 'low',
  resource: 'redshift:parameter-group',
  needs: [],
  controls: ['security-hub/Redshift.17'],
  references: ['https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateTags.html'],
  why: 'Who answers for it, and what it may hold, is only known when it says so itself; policies that permit by tags do nothing for what has none.',
  whenNotTo:
    'Where another list says who owns what: leave requiredTags out of redoubt.yaml, and nothing is judged by tags.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-cluster-parameter-groups --parameter-group-name NAME --query "ParameterGroups[].Tags"',
      ],
      console: ['Amazon Redshift › Configurations › Manage tags: parameter groups, NAME.'],
    },
    change: {
      cli: [
        'aws redshift create-tags --resource-name arn:aws:redshift:REGION:ACCOUNT:parametergroup:NAME --tags Key=owner,Value=TEAM',
      ],
      console: [
        'Amazon Redshift › Configurations › Manage tags: parameter groups, NAME, add the tag › Review and apply tag changes › Apply.',
        'Only a person knows the value; Redoubt therefore adds none.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/rs-mgmt-tagging-console.html',
    readOn: '2026-11-27',
  },

  asks: requiresTags,
  concerns: ({ ParameterGroupName = '' }) => !ParameterGroupName.startsWith('default.'),

  // A group that is known from its clusters alone has a name, and nothing else.
  check: ({ facts }, { policy }) =>
    facts.ParameterGroupFamily === undefined
      ? unknown('untold', 'could not be described, so its tags are not known')
      : tagged(facts.Tags, policy),

  examples: {
    pass: {
      'it carries what is required': parameterGroup({
        reason: 'tagged',
        facts: { Tags: [{ Key: 'owner', Value: 'sales' }] },
        policy: { requiredTags: ['owner'] },
      }),
    },
    fail: {
      'it carries nothing': parameterGroup({ reason: 'missing', policy: { requiredTags: ['owner'] } }),
      'one of two is missing': parameterGroup({
        reason: 'missing',
        facts: { Tags: [{ Key: 'owner', Value: 'sales' }] },
        policy: { requiredTags: ['owner', 'classification'] },
      }),
    },
  },
})
