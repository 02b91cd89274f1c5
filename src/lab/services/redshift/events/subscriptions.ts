// Event subscriptions: which events Redshift tells an SNS topic. The lab keeps them and tells nobody.

import type * as client from '@aws-sdk/client-redshift'
import {
  EventSubscriptionQuotaExceededFault$,
  SubscriptionAlreadyExistFault$,
  SubscriptionNotFoundFault$,
} from '@aws-sdk/client-redshift'
import type { Region } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { pageOf } from '../page.ts'
import { checkTags, matchesTags } from '../tags.ts'
import { type Choice, categories, checkChoice, checkTopic } from './choices.ts'
import type { SubscriptionRecord } from './model.ts'

// Per account and region: Management Guide, "Quotas and limits" (2026).
const most = 20

export const subscriptionOperations = {
  CreateEventSubscription(input, { region, account, now }) {
    const { subscriptions } = region.redshift.extras
    const { SubscriptionName: name, SnsTopicArn: topic, Tags = [] } = input
    checkName(name)
    if (subscriptions.has(name))
      throw fault(SubscriptionAlreadyExistFault$, `The event subscription ${name} already exists.`)
    if (subscriptions.size >= most)
      throw fault(
        EventSubscriptionQuotaExceededFault$,
        `You have reached the quota of ${most} event subscriptions.`,
      )
    checkTopic(region, topic)
    checkChoice(region, input)
    checkTags(Tags)
    const facts = {
      CustomerAwsId: account.id,
      CustSubscriptionId: name,
      SnsTopicArn: topic,
      Status: 'active',
      SubscriptionCreationTime: new Date(now),
      SourceIdsList: [],
      EventCategoriesList: [...categories],
      Severity: 'INFO',
      Enabled: input.Enabled ?? true,
      Tags,
      ...chosen(input),
    }
    subscriptions.set(name, { name, facts })
    return { EventSubscription: facts }
  },

  ModifyEventSubscription(input, { region }) {
    const subscription = getSubscription(region, input.SubscriptionName)
    const { facts } = subscription
    const { SnsTopicArn: topic, Enabled } = input
    if (topic !== undefined) checkTopic(region, topic)
    const SourceType = input.SourceType ?? facts.SourceType
    checkChoice(region, { ...input, SourceType })
    // Sources of another type mean nothing any more. Unverified.
    const sameType = SourceType === facts.SourceType
    subscription.facts = {
      ...facts,
      ...(!sameType && { SourceIdsList: [] }),
      ...chosen(input),
      ...(topic !== undefined && { SnsTopicArn: topic }),
      ...(Enabled !== undefined && { Enabled }),
    }
    return { EventSubscription: subscription.facts }
  },

  DeleteEventSubscription({ SubscriptionName }, { region }) {
    const { name } = getSubscription(region, SubscriptionName)
    region.redshift.extras.subscriptions.delete(name)
    return {}
  },

  DescribeEventSubscriptions(input, { region }) {
    const { SubscriptionName: name } = input
    const all =
      name === undefined
        ? [...region.redshift.extras.subscriptions.values()]
        : [getSubscription(region, name)]
    const matching = all.filter(({ facts }) => matchesTags(facts.Tags, input))
    const { items, ...marker } = pageOf(matching, (one) => [one.name], input)
    return { EventSubscriptionsList: items.map(({ facts }) => facts), ...marker }
  },
} satisfies Operations<typeof client>

function chosen({ SourceType, SourceIds, EventCategories, Severity }: Choice) {
  return {
    ...(SourceType !== undefined && { SourceType }),
    ...(SourceIds?.length && { SourceIdsList: SourceIds }),
    ...(EventCategories?.length && { EventCategoriesList: EventCategories.map((one) => one.toLowerCase()) }),
    ...(Severity !== undefined && { Severity: Severity.toUpperCase() }),
  }
}

function getSubscription({ redshift }: Region, name: string): SubscriptionRecord {
  const found = redshift.extras.subscriptions.get(name)
  // Unverified: the wordings of this file.
  if (!found) throw fault(SubscriptionNotFoundFault$, `The event subscription ${name} doesn't exist.`)
  return found
}

// API, CreateEventSubscription. Unverified: the code.
function checkName(name: string) {
  if (/^[A-Za-z](-?[A-Za-z0-9])*$/.test(name) && name.length <= 255) return
  throw common('InvalidParameterValue', `The parameter SubscriptionName is not a valid identifier: ${name}`)
}
