// What several actions say alike: options as numbers, refusals, places in the console.

import { harmless } from '#kit/text.ts'
import type { Draft } from '#model/practice.ts'
import { Problem } from '#model/problem.ts'
import type { Resource } from '#model/resource.ts'
import { longestRetentionDays } from '#model/retention.ts'
import type { Estate, Wish, WishOptions } from '#model/wish.ts'

/** What cannot be wished for, and what to do instead. */
export function refuse(what: string, todo: string): never {
  throw new Problem('usage', harmless(what), todo)
}

/** An option that the action requires; the command has seen to it that it is there. */
export function given<K extends keyof WishOptions>(
  options: WishOptions,
  name: K,
): NonNullable<WishOptions[K]> {
  const value = options[name]
  if (value === undefined) throw new Error(`the option ${name} was not asked for`)
  return value as NonNullable<WishOptions[K]>
}

/** The days of `--retention`; -1 for `forever`, where that may be wished for. */
export function retentionDays(options: WishOptions, mayBeForever: boolean): number {
  const word = given(options, 'retention')
  if (word === 'forever' && mayBeForever) return -1
  const days = /^\d+$/.test(word) ? Number(word) : 0
  if (days >= 1 && days <= longestRetentionDays) return days
  const or = mayBeForever ? ', or "forever"' : ''
  return refuse(
    `--retention does not take "${word}".`,
    `Write a number of days from 1 to ${longestRetentionDays}${or}.`,
  )
}

/** A wish about a resource that is there. */
export function about({ arn, account, region }: Resource, drafts: Draft[]): Wish {
  return { resource: arn, account, region, drafts }
}

/** Redshift refuses changes to a cluster that is not available. */
export function demandAvailable({ name, facts }: Resource<'redshift:cluster'>): void {
  const { ClusterStatus: status = 'of unknown status' } = facts
  if (status !== 'available')
    refuse(`Cluster ${name} is ${status}.`, 'Wait until it is available, scan, and try again.')
}

/** The name of a snapshot without its cluster. */
export const snapshotName = ({ facts }: Resource<'redshift:snapshot'>): string =>
  facts.SnapshotIdentifier ?? ''

/** Only what is manual and one's own can be changed. */
export function demandManual(snapshot: Resource<'redshift:snapshot'>): void {
  const { facts, account } = snapshot
  const name = snapshotName(snapshot)
  if (facts.SnapshotType !== 'manual')
    refuse(
      `Snapshot ${name} is an automated one.`,
      'Copy it to a manual one first: "redoubt do snapshot copy".',
    )
  if ((facts.OwnerAccount ?? account) !== account)
    refuse(`Snapshot ${name} belongs to account ${facts.OwnerAccount}.`, 'Only its owner can change it.')
}

/**
 * What a new snapshot is to be called: https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateClusterSnapshot.html.
 * Unverified: whether AWS keeps capital letters, as it does not in names of clusters; so none are taken.
 */
export function newSnapshotName(options: WishOptions, { region, account }: Resource, estate: Estate): string {
  const name = given(options, 'name')
  if (name.length > 255 || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    refuse(
      `No snapshot can be called "${name}".`,
      'Write small letters, digits and single hyphens, 255 at most, with a letter first and no hyphen last.',
    )
  const isTaken = estate
    .all()
    .some(
      (other) =>
        other.type === 'redshift:snapshot' &&
        other.region === region &&
        other.account === account &&
        snapshotName(other) === name,
    )
  if (isTaken)
    refuse(
      `There is a snapshot ${name} in ${region} already.`,
      'A name serves once in an account and region.',
    )
  return name
}

/** Where snapshots are in the console. */
export const snapshotsPath = 'Amazon Redshift › Clusters › Snapshots'
