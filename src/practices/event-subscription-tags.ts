// Event subscriptions carry the tags that the user wants everywhere.

import { definePractice } from '#model/practice.ts'
import { requiresTags, tagged } from '#model/tagging.ts'
import { eventSubscription } from './examples/groups.ts'

export default definePractice({
  id: 'event-subscription-tags',
  title: 'Event subscriptions carry the required tags',
  severity: 'low',
  resource: 'redshift:event-subscription',
  needs: [],
  controls: ['security-hub/Redshift.12'],
  references: ['https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateTags.html'],
  why: 'Who answers for it, and what it may hold, is only known when it says so itself; policies that permit by tags do nothing for what has none.',
  whenNotTo:
    'Where another list says who owns what: leave requiredTags out of redoubt.yaml, and nothing is judged by tags.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-event-subscriptions --subscription-name NAME --query "EventSubscriptionsList[].Tags"',
      ],
      console: [
        'Amazon Redshift › Configurations › Manage tags. AWS names no event subscriptions there: use the AWS CLI.',
      ],
    },
    change: {
      cli: [
        'aws redshift create-tags --resource-name arn:aws:redshift:REGION:ACCOUNT:eventsubscription:NAME --tags Key=owner,Value=TEAM',
      ],
      console: [
        'Amazon Redshift › Configurations › Manage tags. AWS names no event subscriptions there: use the AWS CLI.',
        'Only a person knows the value; Redoubt therefore adds none.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/rs-mgmt-tagging-console.html',
    readOn: '2026-11-27',
  },

  asks: requiresTags,

  check: ({ facts }, { policy }) => tagged(facts.Tags, policy),

  examples: {
    pass: {
      'it carries what is required': eventSubscription({
        reason: 'tagged',
        facts: { Tags: [{ Key: 'owner', Value: 'sales' }] },
        policy: { requiredTags: ['owner'] },
      }),
    },
    fail: {
      'it carries nothing': eventSubscription({ reason: 'missing', policy: { requiredTags: ['owner'] } }),
      'one of two is missing': eventSubscription({
        reason: 'missing',
        facts: { Tags: [{ Key: 'owner', Value: 'sales' }] },
        policy: { requiredTags: ['owner', 'classification'] },
      }),
    },
  },
})
