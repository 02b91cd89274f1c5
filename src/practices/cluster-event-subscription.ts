// Somebody is told of the security events of clusters.

import { definePractice, fail, type Known, pass, said } from '#model/practice.ts'
import { isBeingDeleted } from '#model/resource.ts'
import { cluster } from './examples.ts'

type Subscription = Known<'redshift:cluster', 'eventSubscriptions'>['eventSubscriptions'][number]

export default definePractice({
  id: 'cluster-event-subscription',
  title: 'Somebody is told of the security events of clusters',
  severity: 'low',
  resource: 'redshift:cluster',
  needs: ['eventSubscriptions'],
  controls: [],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-event-notifications.html',
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_EventSubscription.html',
  ],
  why: 'Redshift itself says when encryption, keys or the network of a cluster change or fail. Without a subscription it says so to nobody, and forgets it after two weeks.',
  whenNotTo: 'Where CloudTrail and the health of clusters are watched by other means, and somebody answers.',
  guide: {
    check: {
      cli: ['aws redshift describe-event-subscriptions'],
      console: [
        'Amazon Redshift › Events › Event subscription: enabled, active, with the category security and the severity INFO.',
      ],
    },
    change: {
      cli: [
        'aws redshift create-event-subscription --subscription-name warehouse-security --sns-topic-arn TOPIC --source-type cluster --event-categories security --severity INFO',
      ],
      console: [
        'Amazon Redshift › Events › Event subscription › Create event subscriptions: clusters, category security, severity INFO, an SNS topic.',
        'Who is to be woken, and by which topic, a person decides.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/event-subscribe.html',
    readOn: '2026-11-27',
  },

  concerns: (facts) => !isBeingDeleted(facts),

  check({ name, eventSubscriptions }) {
    const about = eventSubscriptions.filter((one) => tells(one, name))
    const names = (list: Subscription[]) =>
      list.map(({ CustSubscriptionId = '' }) => CustSubscriptionId).sort()
    const active = names(about.filter(({ Status, Severity }) => Status === 'active' && Severity !== 'ERROR'))
    const states = {
      configured: said(names(about), 'eventSubscriptions'),
      inForce: said(active, 'eventSubscriptions'),
    }
    if (active.length > 0) return pass('told', `tells its security events to ${active.join(', ')}`, states)
    if (about.length === 0) return fail('none', 'tells its security events to nobody', states)
    const to = `tells its security events to ${names(about).join(', ')}`
    return about.some(({ Status }) => Status === 'active')
      ? fail('errors-only', `${to} where they are errors, and its other ones to nobody`, states)
      : fail('not-active', `${to}, which is not active`, states)
  },

  examples: {
    pass: {
      'a subscription to everything': subscribed('told', {}),
      'a subscription to this cluster': subscribed('told', {
        SourceType: 'cluster',
        SourceIdsList: ['sales'],
        EventCategoriesList: ['security'],
      }),
    },
    fail: {
      'no subscription': cluster({ reason: 'none', answers: { eventSubscriptions: [] } }),
      'a subscription to other events': subscribed('none', { EventCategoriesList: ['management'] }),
      // New credentials of the administrator and changed security groups are no errors: working-with-event-notifications.
      'a subscription to errors': subscribed('errors-only', { Severity: 'ERROR' }),
      'a topic that is gone': subscribed('not-active', { Status: 'topic-not-exist' }),
    },
  },
})

/**
 * A subscription without a type, without sources or without categories is to all of them: API_CreateEventSubscription.
 * Unverified: that one of the severity INFO is told of errors as well.
 */
function tells(one: Subscription, name: string): boolean {
  const { Enabled, SourceType, SourceIdsList = [], EventCategoriesList = [] } = one
  if (!Enabled || (SourceType && SourceType !== 'cluster')) return false
  if (SourceIdsList.length > 0 && !SourceIdsList.includes(name)) return false
  return (
    EventCategoriesList.length === 0 || EventCategoriesList.some((one) => one.toLowerCase() === 'security')
  )
}

function subscribed(reason: string, facts: Subscription) {
  const usual = { CustSubscriptionId: 'warehouse-news', Enabled: true, Status: 'active' }
  return cluster({ reason, answers: { eventSubscriptions: [{ ...usual, ...facts }] } })
}
