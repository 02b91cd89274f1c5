// Event subscriptions of a world.

import { type EventSubscription, EventSubscription$ } from '@aws-sdk/client-redshift'
import type { Region } from '#lab/state.ts'
import { readPlain } from '#lab/wire/plain.ts'
import type { Seed } from '#lab/world.ts'
import { categories } from './choices.ts'
import type { SubscriptionRecord } from './model.ts'

/** A subscription, perhaps one whose topic is gone: `Status: topic-not-exist`. */
export type EventSubscriptionSeed = Seed<EventSubscription> & { CustSubscriptionId: string }

/** Makes a subscription. */
export function seedSubscription(
  { account }: Region,
  seed: EventSubscriptionSeed,
  now: number,
): SubscriptionRecord {
  const name = seed.CustSubscriptionId
  const given = readPlain<EventSubscription>(EventSubscription$, seed, now, `the event subscription ${name}`)
  const usual = {
    CustomerAwsId: account.id,
    Status: 'active',
    SubscriptionCreationTime: new Date(now),
    SourceIdsList: [],
    EventCategoriesList: [...categories],
    Severity: 'INFO',
    Enabled: true,
    Tags: [],
  }
  return { name, facts: { ...usual, ...given } }
}
