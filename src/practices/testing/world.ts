// Turns an example into a world of the lab: what the practice judges on paper, the official client then finds on the wire.

import type { ClusterSeed, RegionSeed, SnapshotSeed, World } from '#lab/world.ts'
import type { Example } from '#model/practice.ts'
import { arnOf, type ClusterFacts, type ResourceType, type SnapshotFacts } from '#model/resource.ts'
import { exampleNow } from '../examples.ts'

export const place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' }

/** The one access key of the world. */
export const key = { id: 'AKIALABEXAMPLE000001', secret: 'lab-example-secret' }

/** A world that holds an example and nothing else, with the ARN of what it is about. */
export function worldOf(type: ResourceType, example: Example): { world: World; arn: string } {
  const seed = type === 'redshift:cluster' ? clusterRegion(example) : snapshotRegion(example)
  const region = relative(seed) as RegionSeed
  const { ClusterIdentifier, SnapshotIdentifier } = example.facts as ClusterFacts & SnapshotFacts
  const name = type === 'redshift:cluster' ? ClusterIdentifier : `${ClusterIdentifier}/${SnapshotIdentifier}`
  const accessKeys = [{ ...key, user: 'example' }]
  return {
    world: {
      name: 'example',
      about: 'One example of a practice.',
      accounts: { [place.account]: { accessKeys, regions: { [place.region]: region } } },
    },
    arn: arnOf(type, place, name ?? ''),
  }
}

type ClusterExample = Example<'redshift:cluster'>

function clusterRegion(example: Example): RegionSeed {
  const { facts, answers } = example as ClusterExample
  const { ClusterParameterGroups: _, ...rest } = facts
  const [used] = answers.parameters ?? []
  const [group] = answers.parameterGroups ?? []
  const values = Object.fromEntries(
    (used?.parameters ?? []).map(({ ParameterName = '', ParameterValue = '' }) => [
      ParameterName,
      ParameterValue,
    ]),
  )
  const own = group && !group.ParameterGroupName?.startsWith('default.') ? [{ ...group, values }] : []
  const cluster = {
    ...rest,
    ...(used ? { ParameterGroup: used.name } : {}),
    inForce: inForceOf(facts, values),
    logging: { LastSuccessfulDeliveryTime: 'never', ...answers.logging },
  }
  const { BucketName } = answers.logging ?? {}
  return {
    ...(BucketName !== undefined && { buckets: [logBucket(BucketName)] }),
    parameterGroups: own as RegionSeed['parameterGroups'] & object,
    clusters: [cluster as ClusterSeed],
    snapshots: (answers.snapshots ?? []) as SnapshotSeed[],
  }
}

/** A bucket that takes audit logs, so that they can be sent back to it. */
function logBucket(Name: string) {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'redshift.amazonaws.com' },
    Action: ['s3:PutObject', 's3:GetBucketAcl'],
    Resource: [`arn:aws:s3:::${Name}`, `arn:aws:s3:::${Name}/*`],
  }
  return { Name, Policy: { Version: '2012-10-17', Statement: [statement] } }
}

/** What waits for a reboot still runs the opposite value: all parameters of examples are true or false. */
function inForceOf(facts: ClusterFacts, values: Record<string, string>): Record<string, string> {
  const waiting = (facts.ClusterParameterGroups?.[0]?.ClusterParameterStatusList ?? []).filter(
    ({ ParameterApplyStatus }) => ParameterApplyStatus === 'pending-reboot',
  )
  return Object.fromEntries(
    waiting.map(({ ParameterName = '' }) => [ParameterName, String(values[ParameterName] !== 'true')]),
  )
}

function snapshotRegion(example: Example): RegionSeed {
  const { facts, answers } = example as Example<'redshift:snapshot'>
  const { cluster, snapshots = [] } = answers.otherCopies ?? {}
  const { ClusterIdentifier = '', ClusterCreateTime = '' } = facts
  return {
    clusters: cluster ? [{ ClusterIdentifier, ClusterCreateTime }] : [],
    snapshots: [facts, ...snapshots.map((other) => other.facts)] as SnapshotSeed[],
  }
}

/** Moments of an example as seconds before the world's now: examples stand still, worlds begin today. */
function relative(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relative)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, relative(member)]))
  }
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT/.test(value)) return value
  return `-${(Date.parse(exampleNow) - Date.parse(value)) / 1000}s`
}
