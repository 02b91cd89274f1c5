// What several actions say alike: options as numbers, refusals, places in the console.

import { harmless } from '#kit/text.ts'
import type { Draft } from '#model/practice.ts'
import { Problem } from '#model/problem.ts'
import { isGap, nounOf, type Resource } from '#model/resource.ts'
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

type Warehouse = 'redshift:cluster' | 'redshift-serverless:namespace'

/** The cluster or the namespace that is wished about, at rest: Redshift refuses changes to others. */
export function warehouseOf(options: WishOptions, estate: Estate): Resource<Warehouse> {
  const { cluster, namespace } = options
  if ((cluster === undefined) === (namespace === undefined))
    refuse('A wish is about one warehouse.', 'Give either --cluster or --namespace.')
  return namespace === undefined ? clusterOf(options, estate) : namespaceOf(namespace, estate)
}

/** The cluster that is wished about, at rest. */
export function clusterOf(options: WishOptions, estate: Estate): Resource<'redshift:cluster'> {
  const cluster = estate.one(given(options, 'cluster'), 'redshift:cluster')
  demandRest(cluster, cluster.facts.ClusterStatus, 'available')
  return cluster
}

function namespaceOf(word: string, estate: Estate): Resource<'redshift-serverless:namespace'> {
  const namespace = estate.one(word, 'redshift-serverless:namespace')
  demandRest(namespace, namespace.facts.status, 'AVAILABLE')
  return namespace
}

function demandRest({ type, name }: Resource, status = 'of unknown status', rest: string): void {
  if (status !== rest)
    refuse(`${capital(nounOf(type))} ${name} is ${status}.`, `See that it is ${rest}, scan, and try again.`)
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

type AnySnapshot = Resource<'redshift:snapshot' | 'redshift-serverless:snapshot'>

/** The name of a snapshot without its cluster. */
export const snapshotName = (snapshot: AnySnapshot): string =>
  snapshot.type === 'redshift:snapshot' ? (snapshot.facts.SnapshotIdentifier ?? '') : snapshot.name

/** How AWS says that a snapshot is whole: https://docs.aws.amazon.com/redshift/latest/APIReference/API_Snapshot.html */
const whole = ['available', 'final snapshot', 'AVAILABLE']

/** The snapshots that a wish names, each once. Only what is whole, manual and one's own can be changed. */
export function ownSnapshots(options: WishOptions, estate: Estate): AnySnapshot[] {
  const named = given(options, 'snapshot').map((word) =>
    estate.one(word, 'redshift:snapshot', 'redshift-serverless:snapshot'),
  )
  const snapshots = [...new Map(named.map((snapshot) => [snapshot.arn, snapshot])).values()]
  for (const snapshot of snapshots) demandOwn(snapshot)
  return snapshots
}

function demandOwn(snapshot: AnySnapshot): void {
  const name = snapshotName(snapshot)
  if (snapshot.type === 'redshift:snapshot' && snapshot.facts.SnapshotType !== 'manual')
    refuse(
      `Snapshot ${name} is an automated one.`,
      'Copy it to a manual one first: "redoubt do snapshot copy".',
    )
  const [owner = snapshot.account, status = 'of unknown status'] =
    snapshot.type === 'redshift:snapshot'
      ? [snapshot.facts.OwnerAccount, snapshot.facts.Status]
      : [snapshot.facts.ownerAccount, snapshot.facts.status]
  if (owner !== snapshot.account)
    refuse(`Snapshot ${name} belongs to account ${owner}.`, 'Only its owner can change it.')
  if (!whole.includes(status))
    refuse(`Snapshot ${name} is ${status}.`, 'Only a snapshot that is available can be changed.')
}

/**
 * What a new snapshot is to be called: https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateClusterSnapshot.html.
 * Unverified: whether AWS keeps capital letters, as it does not in names of clusters; so none are taken; and that those of
 * namespaces are called by the same rule, 235 characters long at most.
 */
export function newSnapshotName(
  options: WishOptions,
  { type, region, account }: Resource,
  estate: Estate,
): string {
  const name = given(options, 'name')
  const kind = type === 'redshift-serverless:namespace' ? 'redshift-serverless:snapshot' : 'redshift:snapshot'
  const longest = kind === 'redshift:snapshot' ? 255 : 235
  if (name.length > longest || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    refuse(
      `No snapshot can be called "${name}".`,
      `Write small letters, digits and single hyphens, ${longest} at most, with a letter first and no hyphen last.`,
    )
  const isTaken = estate
    .all()
    .some(
      (other) =>
        other.type === kind &&
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

/** A key that the scan saw out of use opens nothing; of one that it did not see, AWS will tell. */
export function demandUsableKey(arn: string | undefined, estate: Estate): void {
  for (const key of estate.all()) {
    if (key.type !== 'kms:key' || key.arn !== arn) continue
    const { metadata } = key.asked
    if (!metadata || isGap(metadata)) continue
    const { KeyState: state = 'of unknown state' } = metadata.value
    if (state !== 'Enabled')
      refuse(`Key ${key.name} is ${state}.`, 'See that it is enabled, scan, and try again.')
  }
}

/** Where snapshots are in the console. */
export const snapshotsPath = 'Amazon Redshift › Clusters › Snapshots'
export const serverlessSnapshotsPath = 'Amazon Redshift Serverless › Data backup'
