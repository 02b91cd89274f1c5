// Regions that warehouses copy their snapshots to and nobody looked into: what lies there is unknown, not absent.

import { groupBy } from '#kit/group.ts'
import type { Finding } from '#model/finding.ts'
import type { AnyPractice } from '#model/practice.ts'
import { isBeingDeleted, type Place, type Resource, type ResourceType, unlistedArn } from '#model/resource.ts'
import { judgeMissing } from './judge.ts'
import type { IndexedShard } from './source.ts'

type Copying = { type: ResourceType; by: string; told: Resource; to: Place }

/** The findings on snapshots of regions that copies go to and that no shard is of, by the practices about them. */
export function judgeUnseen(shards: readonly IndexedShard[], practices: readonly AnyPractice[]): Finding[] {
  const seen = new Set(shards.map(keyOf))
  const unseen = shards.flatMap(copyingOf).filter(({ to }) => !seen.has(keyOf(to)))
  return [...groupBy(unseen, ({ type, to }) => unlistedArn(type, to))].flatMap(([arn, copying]) =>
    practices
      .filter(({ resource }) => copying.some(({ type }) => type === resource))
      .map((practice) => notLooked(practice, arn, copying)),
  )
}

const keyOf = ({ account, region }: Pick<Place, 'account' | 'region'>) => `${account} ${region}`

/** What the clusters and namespaces of a shard say of where they copy to. */
function copyingOf({ partition, account, index }: IndexedShard): Copying[] {
  const copying = (type: ResourceType, told: Resource, by: string, region: string | undefined): Copying[] =>
    region ? [{ type, by, told, to: { partition, account, region } }] : []
  return [
    ...index.all('redshift:cluster').flatMap((told) => {
      const { ClusterSnapshotCopyStatus: status } = told.facts
      if (isBeingDeleted(told.facts)) return []
      return copying('redshift:snapshot', told, `cluster ${told.name}`, status?.DestinationRegion)
    }),
    ...index.all('redshift-serverless:copy-configuration').flatMap((told) => {
      const { namespaceName, destinationRegion } = told.facts
      return copying('redshift-serverless:snapshot', told, `namespace ${namespaceName}`, destinationRegion)
    }),
  ]
}

/** So many warehouses are named. */
const most = 3

function notLooked(practice: AnyPractice, arn: string, copying: readonly Copying[]): Finding {
  const [{ told, to }] = copying as readonly [Copying, ...Copying[]]
  const { source, takenAt } = told
  const who = [...new Set(copying.map(({ by }) => by))].sort()
  const some =
    who.length > most ? `${who.slice(0, most).join(', ')} and ${who.length - most} more` : who.join(', ')
  const message = `snapshots of ${some} are copied to ${to.region}, where nobody looked`
  const gap = { source, takenAt, gap: 'failed' as const, code: 'NotCollected', message }
  return {
    ...judgeMissing(practice, to, arn, gap),
    reason: 'not-looked',
    message: `(any snapshot here) could not be judged: ${message}; add --region ${to.region}`,
  }
}
