// Fills Redshift's side families in a region from its seed.

import type { Region } from '#lab/state.ts'
import type { Seeding } from '#lab/wire/operations.ts'
import { seedDataShare } from '../datashares/seed.ts'
import { seedAuthorization } from '../endpoints/seed.ts'
import { seedSubscription } from '../events/seed.ts'
import { seedIntegration } from '../integrations/seed.ts'
import { seedEvents } from '../lifecycle/seed-events.ts'
import { seedNamespacePolicy } from '../policies/seed.ts'
import { seedProfile } from '../profiles/seed.ts'
import { seedScheduledAction } from '../scheduled-actions/seed.ts'
import type { ExtrasSeed } from './seed-types.ts'

/** Fills them. Throws one clear sentence when a seed refers to what is not there, or is there twice. */
export function seedExtras(region: Region, seed: ExtrasSeed, { state, now }: Seeding): void {
  const { extras } = region.redshift
  for (const one of seed.datashares ?? []) {
    const share = seedDataShare(region, one, now)
    addOnce(extras.dataShares, share.arn, share, `datashare ${share.arn}`)
  }
  for (const one of seed.endpointAuthorizations ?? [])
    extras.endpointAuthorizations.push(seedAuthorization(region, one, now))
  for (const one of seed.eventSubscriptions ?? []) {
    const made = seedSubscription(region, one, now)
    addOnce(extras.subscriptions, made.name, made, `event subscription ${made.name}`)
  }
  for (const one of seed.integrations ?? []) {
    const made = seedIntegration(region, one, now)
    const arn = made.facts.IntegrationArn
    addOnce(extras.integrations, arn, made, `integration ${arn}`)
  }
  for (const one of seed.scheduledActions ?? []) {
    const made = seedScheduledAction(state, region, one, now)
    addOnce(extras.scheduledActions, made.name, made, `scheduled action ${made.name}`)
  }
  for (const one of seed.namespacePolicies ?? [])
    addOnce(
      extras.policies,
      ...seedNamespacePolicy(region, one),
      `resource policy of ${one.ClusterIdentifier}`,
    )
  for (const one of seed.authenticationProfiles ?? [])
    addOnce(
      extras.profiles,
      ...seedProfile(region, one),
      `authentication profile ${one.AuthenticationProfileName}`,
    )
  seedEvents(region, seed.redshiftEvents ?? [], now)
}

function addOnce<Item>(all: Map<string, Item>, name: string, item: Item, what: string) {
  if (all.has(name)) throw new Error(`the world has the ${what} twice`)
  all.set(name, item)
}
