// What the lab keeps of event subscriptions. The topics are SNS's, which the lab does not have.

import type { EventSubscription } from '@aws-sdk/client-redshift'

/** A subscription. */
export type SubscriptionRecord = { name: string; facts: EventSubscription }
