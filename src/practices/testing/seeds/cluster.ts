// How an example of a cluster is seeded: the cluster, its parameter group, its snapshots, the bucket of its audit log.

import type { KeySeed } from '#lab/services/kms/seed-types.ts'
import type { ClusterSeed, RegionSeed, SnapshotSeed } from '#lab/world.ts'
import type { Example } from '#model/practice.ts'
import type { ClusterFacts, RoleInUse } from '#model/resource.ts'
import type { Seed } from '../world.ts'
import { bucketSeed } from './bucket.ts'

export function cluster(example: Example<'redshift:cluster'>): Seed {
  const { roles = [] } = example.answers
  return {
    region: { ...clusterRegion(example), ...grantsOf(example) },
    ...(roles.length > 0 && { account: { roles: roles.map(roleSeed) } }),
  }
}

/** What a cluster grants to others, and who is told of its events. */
function grantsOf({ facts: { ClusterIdentifier = '' }, answers }: Example<'redshift:cluster'>): RegionSeed {
  const { endpointAuthorizations = [], policy, eventSubscriptions = [] } = answers
  return {
    endpointAuthorizations,
    ...(policy && { namespacePolicies: [{ ClusterIdentifier, Policy: policy }] }),
    eventSubscriptions,
  } as RegionSeed
}

function roleSeed({ name, policies }: RoleInUse) {
  const documents = policies.map((inline) => ({
    PolicyName: inline.name,
    PolicyDocument: inline.document ?? {},
  }))
  return { name, RolePolicyList: documents }
}

function clusterRegion({ facts, answers, policy, settings }: Example<'redshift:cluster'>): RegionSeed {
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
  return {
    ...bucketsOf(answers.logBucket),
    parameterGroups: own as RegionSeed['parameterGroups'] & object,
    clusters: [cluster as ClusterSeed],
    snapshots: (answers.automatedSnapshots ?? []) as SnapshotSeed[],
    ...(answers.schedule && { snapshotSchedules: [answers.schedule] }),
    ...networkOf(answers),
    keys: [...(answers.key ? [keyOf(answers.key)] : []), ...namedBy(policy, settings).map(namedKey)],
  }
}

type Answers = Example<'redshift:cluster'>['answers']

/** The bucket of the audit log, where there is one that lies in the region. */
function bucketsOf(seen: Answers['logBucket']): RegionSeed {
  const isThere = seen && 'bucket' in seen && seen.bucket.location !== null
  return isThere ? { buckets: [bucketSeed(seen.bucket.name, seen.bucket)] } : {}
}

/** The security group of the cluster, and the prefix lists that it names. */
function networkOf({ securityGroups = [], prefixLists = {} }: Answers) {
  return {
    securityGroups: securityGroups.map((group) => ({ ...group, Description: 'of the examples' })),
    prefixLists: Object.entries(prefixLists).map(([PrefixListId, Entries]) => ({
      PrefixListId,
      PrefixListName: PrefixListId,
      Entries,
    })),
  } as RegionSeed
}

function keyOf({ facts: { KeyId, KeyState, KeyManager } }: NonNullable<Answers['key']>) {
  const aliases = KeyManager === 'AWS' ? { aliases: ['alias/aws/redshift'] } : { KeyState }
  return { KeyId, ...aliases } as KeySeed
}

/** The keys that the user names for regions, of all practices or of one. */
function namedBy(policy: Example['policy'], settings: Example['settings']): string[] {
  const own = settings?.keys
  return [...Object.values(policy?.keys ?? {}), ...(Array.isArray(own) ? own : [])]
}

/** A key that the user names for his region. */
function namedKey(arn: string): KeySeed {
  return { KeyId: arn.slice(arn.lastIndexOf('/') + 1) }
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
