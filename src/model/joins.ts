// The answers that other resources of an inventory give about one, type by type.

import { parseArn } from '#kit/arn.ts'
import { retold } from './inventory.ts'
import type { Beyond, JoinIndex } from './join-index.ts'
import { datasetOf } from './join-index.ts'
import { kinds } from './kinds.ts'
import { logBucketOf } from './logging.ts'
import { listsNamed } from './reach.ts'
import {
  type Answer,
  type CopyKey,
  type Gap,
  isGap,
  type LogBucket,
  type LogBucketSeen,
  notCollected,
  type Origin,
  type ParameterGroupInUse,
  type Resource,
  type ResourceType,
  type RoleInUse,
  resourceOf,
  type SnapshotFacts,
  type Told,
  type TrailInRegion,
} from './resource.ts'
import { wideRoles } from './role-reach.ts'
import { portOf } from './serverless.ts'
import { faultOf } from './trail-coverage.ts'

/** Gives one answer about a resource. */
export type Join<T extends ResourceType> = (
  resource: Resource<T>,
  index: JoinIndex,
  beyond: Beyond,
) => Answer<unknown>

/** A list's own answer with another value; the gap when the list could not be read to its end. */
function listed<T>({ shard }: JoinIndex, type: ResourceType, value: T): Answer<T> {
  const list = shard.lists[type]
  return list && !isGap(list) ? retold(list, value) : missing(shard, type)
}

function missing({ lists }: JoinIndex['shard'], type: ResourceType, message = 'this was not collected'): Gap {
  const list = lists[type]
  if (list && isGap(list)) return list
  return {
    source: kinds[type].source,
    takenAt: '',
    gap: 'failed',
    code: notCollected,
    message,
  }
}

/** The answers about several resources as one: the first gap, or all values. */
function together<T>(answers: readonly Answer<T>[], none: Answer<T[]>): Answer<T[]> {
  const values: T[] = []
  let last: Told<unknown> | undefined
  for (const answer of answers) {
    if (isGap(answer)) return answer
    values.push(answer.value)
    last = answer
  }
  return last ? retold(last, values) : none
}

/** The same, but where one of the values decides by itself, what could not be read of the others does not matter. */
function decided<T>(
  answers: readonly Answer<T>[],
  none: Answer<T[]>,
  decides: (value: T) => boolean,
): Answer<T[]> {
  const told = answers.filter((answer): answer is Told<T> => !isGap(answer))
  return told.some(({ value }) => decides(value)) ? together(told, none) : together(answers, none)
}

/** A resource's own list, for answers that need no other: nothing is attached to it. */
const toldBy = <T>({ source, takenAt }: Resource, value: T): Told<T> => ({ source, takenAt, value })

const isKeyArn = (id: string | undefined): id is string => id !== undefined && /^arn:[^:]+:kms:/.test(id)

/** The key that a member of the facts names; null where it names none by its ARN. */
function keyNamedBy<T extends ResourceType>(idOf: (resource: Resource<T>) => string | undefined): Join<T> {
  return (resource, index) => {
    const id = idOf(resource)
    if (!isKeyArn(id)) return toldBy(resource as Resource, null)
    const found = index.find('kms:key', id)?.asked.metadata ?? missing(index.shard, 'kms:key')
    return isGap(found) ? found : retold(found, { arn: id, facts: found.value })
  }
}

/** The key of a snapshot with what of it could be read; a refusal is told inside, and is no gap of the snapshot. */
function restoreKey<T extends ResourceType>(idOf: (resource: Resource<T>) => string | undefined): Join<T> {
  return (resource, index) => {
    const id = idOf(resource)
    if (!isKeyArn(id)) return toldBy(resource as Resource, null)
    const { metadata, policy, grants } = index.find('kms:key', id)?.asked ?? {}
    const keyGap = missing(index.shard, 'kms:key')
    if (!metadata || isGap(metadata))
      return toldBy(resource as Resource, { unread: (metadata ?? keyGap).source })
    const { AWSAccountId: account = '', KeyManager: manager = '', KeyState: state = '' } = metadata.value
    return retold(metadata, {
      arn: id,
      account,
      manager,
      state,
      policy: policy && !isGap(policy) ? { document: policy.value } : { unread: 'kms:GetKeyPolicy' },
      grants: grants && !isGap(grants) ? { list: grants.value } : { unread: 'kms:ListGrants' },
    })
  }
}

/** The security groups with these ids, and the prefix lists that their rules for this port name. */
function guarded<T extends ResourceType>(
  idsOf: (resource: Resource<T>) => readonly string[],
  portOf: (resource: Resource<T>) => number | undefined,
) {
  const groups = (resource: Resource<T>, index: JoinIndex) =>
    together(
      idsOf(resource).map((id) => {
        const group = index.find('ec2:security-group', id)
        return group
          ? listed(index, 'ec2:security-group', group.facts)
          : missing(index.shard, 'ec2:security-group')
      }),
      toldBy(resource as Resource, []),
    )
  return {
    securityGroups: groups,
    prefixLists: ((resource, index) => {
      const found = groups(resource, index)
      if (isGap(found)) return found
      // Where its port is not told, nothing is judged by them.
      const port = portOf(resource)
      const unique = port === undefined ? [] : listsNamed(found.value, port)
      const lists = together(
        unique.map(
          (id) => index.find('ec2:prefix-list', id)?.asked.entries ?? missing(index.shard, 'ec2:prefix-list'),
        ),
        retold(found, []),
      )
      if (isGap(lists)) return lists
      return retold(lists, Object.fromEntries(unique.map((id, at) => [id, lists.value[at] ?? []])))
    }) as Join<T>,
  }
}

/** The roles with these ARNs, with their policies. */
const roles =
  <T extends ResourceType>(arnsOf: (resource: Resource<T>) => readonly string[]): Join<T> =>
  (resource, index) =>
    decided(
      arnsOf(resource).map((arn): Answer<RoleInUse> => {
        const role = index.find('iam:role', arn)
        const policies = role?.asked.policies ?? missing(index.shard, 'iam:role')
        return isGap(policies)
          ? policies
          : retold(policies, { arn, name: role?.name ?? '', policies: policies.value })
      }),
      toldBy(resource as Resource, []),
      (role) => wideRoles([role]).length > 0,
    )

/** All resources of a type that fit. */
const every =
  <
    T extends ResourceType,
    O extends Exclude<ResourceType, 'redshift:snapshot' | 'redshift-serverless:snapshot'>,
  >(
    type: O,
    fits: (other: Resource<O>, resource: Resource<T>) => boolean = () => true,
  ): Join<T> =>
  (resource, index) =>
    listed(
      index,
      type,
      index
        .all(type)
        .filter((other) => fits(other, resource))
        .map(({ facts }) => facts),
    )

/** The resource of a type that a member of the facts names; null where it names none, or none is there. */
const named =
  <
    T extends ResourceType,
    O extends Exclude<ResourceType, 'redshift:snapshot' | 'redshift-serverless:snapshot'>,
  >(
    type: O,
    nameOf: (resource: Resource<T>) => string | undefined,
  ): Join<T> =>
  (resource, index) => {
    const name = nameOf(resource)
    return name === undefined
      ? toldBy(resource as Resource, null)
      : listed(index, type, index.find(type, name)?.facts ?? null)
  }

/** The names of the clusters that fit. */
const clustersThat =
  <T extends ResourceType>(
    fits: (cluster: Resource<'redshift:cluster'>, resource: Resource<T>) => boolean,
  ): Join<T> =>
  (resource, index) =>
    listed(
      index,
      'redshift:cluster',
      index
        .all('redshift:cluster')
        .filter((cluster) => fits(cluster, resource))
        .map(({ name }) => name),
    )

/** The bucket that the audit log of a cluster goes to, and under which prefix; undefined where it goes to none. */
function logUseOf({ arn, name: cluster, region, asked: { logging } }: Resource<'redshift:cluster'>) {
  if (!logging || isGap(logging)) return undefined
  const bucket = logBucketOf(logging.value)
  return bucket === undefined
    ? undefined
    : { bucket, by: { cluster, arn, region, prefix: logging.value.S3KeyPrefix ?? '' } }
}

/** The bucket of a cluster's audit log, as far as S3 told of it. */
function logBucketSeen(cluster: Resource<'redshift:cluster'>, index: JoinIndex): Answer<LogBucketSeen> {
  const { arn, account, region, asked } = cluster
  if (asked.logging && isGap(asked.logging)) return asked.logging
  const retell = (value: LogBucketSeen) => toldBy(cluster as Resource, value)
  const use = logUseOf(cluster)
  if (!use) return retell(null)
  const bucket = index.find('s3:bucket', use.bucket)
  if (!bucket) return retell({ unread: missing(index.shard, 's3:bucket').source })
  const { location, policy, policyIsPublic, publicAccessBlock, encryption, objectLock } = bucket.asked
  const answers = Object.entries({
    location,
    policy,
    policyIsPublic,
    publicAccessBlock,
    encryption,
    objectLock,
  })
  const values: [string, unknown][] = []
  for (const [need, answer = missing(index.shard, 's3:bucket')] of answers) {
    if (isGap(answer)) return retell({ unread: answer.source })
    values.push([need, answer.value])
  }
  const { partition = '' } = resourceOf(arn) ?? {}
  const place = { partition, account, region, arn: bucket.arn, name: bucket.name, facts: bucket.facts }
  return retell({ bucket: { ...place, usedBy: [use.by], ...Object.fromEntries(values) } as LogBucket })
}

const keyOf = ({ facts }: { facts: { KmsKeyId?: string | undefined } }) => facts.KmsKeyId
const serverlessKeyOf = ({ facts }: { facts: { kmsKeyId?: string | undefined } }) => facts.kmsKeyId

/** The joins of each type; a type without any is left out. */
export const joins: { [T in ResourceType]?: Record<string, Join<T>> } = {
  'redshift:cluster': {
    key: keyNamedBy<'redshift:cluster'>(keyOf),
    ...guarded<'redshift:cluster'>(
      ({ facts }) =>
        (facts.VpcSecurityGroups ?? []).flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? []),
      ({ facts }) => facts.Endpoint?.Port,
    ),
    roles: roles(({ facts }) => (facts.IamRoles ?? []).flatMap(({ IamRoleArn }) => IamRoleArn ?? [])),
    parameters: ({ facts }, index) => {
      const names = (facts.ClusterParameterGroups ?? []).map(
        ({ ParameterGroupName = '' }) => ParameterGroupName,
      )
      const list = index.shard.lists['redshift:cluster']
      const all = list && !isGap(list)
      return together(
        names.map((name): Answer<ParameterGroupInUse> => {
          const answer =
            index.find('redshift:parameter-group', name)?.asked.parameters ??
            missing(index.shard, 'redshift:parameter-group')
          if (isGap(answer)) return answer
          const clusters = all ? (index.clustersByGroup.get(name) ?? []) : null
          return retold(answer, { name, parameters: answer.value, clusters })
        }),
        listed(index, 'redshift:cluster', []),
      )
    },
    parameterGroups: every('redshift:parameter-group'),
    automatedSnapshots: ({ name }, index) =>
      listed(index, 'redshift:snapshot', index.automatedSnapshots.get(name) ?? []),
    subnetGroup: named('redshift:subnet-group', ({ facts }) => facts.ClusterSubnetGroupName),
    schedule: named('redshift:snapshot-schedule', ({ facts }) => facts.SnapshotScheduleIdentifier),
    endpointAuthorizations: every(
      'redshift:endpoint-authorization',
      ({ facts }, { name }) => facts.ClusterIdentifier === name,
    ),
    eventSubscriptions: every('redshift:event-subscription'),
    logBucket: logBucketSeen,
    keyRotations: ({ name, region, facts }, index) => {
      const rotations = index.find('account:region', region)?.asked.rotations
      if (!rotations || isGap(rotations)) return rotations ?? missing(index.shard, 'account:region')
      // The name may be another's by now, as when a restored cluster takes the place of an old one.
      const isOwn = ({ cluster, namespace }: (typeof rotations.value)[number]) =>
        namespace && facts.ClusterNamespaceArn ? namespace === facts.ClusterNamespaceArn : cluster === name
      const own = rotations.value.filter(isOwn).map(({ at }) => at)
      return retold(rotations, own.sort().reverse())
    },
  },
  'redshift:parameter-group': {
    clusters: ({ name }, index) => listed(index, 'redshift:cluster', index.clustersByGroup.get(name) ?? []),
  },
  'redshift:subnet-group': {
    clusters: clustersThat(({ facts }, { name }) => facts.ClusterSubnetGroupName === name),
  },
  'redshift:hsm-configuration': {
    clusters: clustersThat(({ facts }, { name }) => facts.HsmStatus?.HsmConfigurationIdentifier === name),
  },
  'redshift:hsm-client-certificate': {
    clusters: clustersThat(({ facts }, { name }) => facts.HsmStatus?.HsmClientCertificateIdentifier === name),
  },
  'redshift:copy-grant': {
    key: keyNamedBy<'redshift:copy-grant'>(keyOf),
    users: (grant, { shard }, { elsewhere }) =>
      elsewhere?.usersOf(grant.name, grant) ??
      missing(shard, 'redshift:cluster', 'only a scan looks at the clusters of all regions'),
  },
  'redshift:snapshot': {
    key: keyNamedBy<'redshift:snapshot'>(keyOf),
    restoreKey: restoreKey<'redshift:snapshot'>(keyOf),
    // Nothing is judged by it, only told: a refused list must not hide what the facts say of a snapshot.
    origin: (snapshot, index) => {
      const list = index.shard.lists['redshift:cluster']
      if (!list || isGap(list)) return toldBy(snapshot, 'untold')
      return retold(list, originOf(snapshot.facts, index))
    },
    clusterLives: ({ facts }, index) => {
      const origin = originOf(facts, index)
      return listed(index, 'redshift:cluster', origin === 'untold' ? null : origin === 'lives')
    },
    otherCopies: ({ arn, account, facts }, { shard }, { copies }) => {
      const list = shard.lists['redshift:cluster']
      if (!list || isGap(list)) return missing(shard, 'redshift:cluster')
      if (!copies) return missing(shard, 'redshift:snapshot')
      return retold(list, copies.otherThan(arn, account, facts))
    },
  },
  'redshift-serverless:workgroup': {
    ...guarded<'redshift-serverless:workgroup'>(
      ({ facts }) => facts.securityGroupIds ?? [],
      ({ facts }) => portOf(facts),
    ),
    namespace: named('redshift-serverless:namespace', ({ facts }) => facts.namespaceName),
  },
  'redshift-serverless:namespace': {
    key: keyNamedBy<'redshift-serverless:namespace'>(serverlessKeyOf),
    roles: roles(({ facts }) => (facts.iamRoles ?? []).map(roleArnIn)),
    workgroups: every('redshift-serverless:workgroup', ({ facts }, { name }) => facts.namespaceName === name),
    copyConfigurations: every(
      'redshift-serverless:copy-configuration',
      ({ facts }, { name }) => facts.namespaceName === name,
    ),
    copyKeys: ({ name }, index) =>
      together(
        index
          .all('redshift-serverless:copy-configuration')
          .filter(({ facts }) => facts.namespaceName === name)
          .map(({ facts, asked: { key } }): Answer<CopyKey> => {
            if (!key || isGap(key))
              return key ?? missing(index.shard, 'redshift-serverless:copy-configuration')
            return retold(key, { ...facts, key: key.value })
          }),
        listed(index, 'redshift-serverless:copy-configuration', []),
      ),
  },
  'redshift-serverless:snapshot': {
    key: keyNamedBy<'redshift-serverless:snapshot'>(serverlessKeyOf),
    restoreKey: restoreKey<'redshift-serverless:snapshot'>(serverlessKeyOf),
    // The ARN of a namespace is one of a kind: a new namespace of an old name has another.
    origin: (snapshot, index) => {
      const list = index.shard.lists['redshift-serverless:namespace']
      if (!list || isGap(list) || !snapshot.facts.namespaceArn) return toldBy(snapshot, 'untold')
      // That of a copy lies in another region.
      const { account, region } = parseArn(snapshot.facts.namespaceArn) ?? {}
      if (account !== snapshot.account || region !== snapshot.region) return toldBy(snapshot, 'untold')
      const lives = index.find('redshift-serverless:namespace', snapshot.facts.namespaceArn)
      return retold(list, lives ? 'lives' : 'gone')
    },
  },
  'kms:key': {
    usedBy: ({ arn }, index) => listed(index, 'redshift:cluster', index.usesOf(arn)),
  },
  's3:bucket': {
    usedBy: ({ name }, index) =>
      listed(
        index,
        'redshift:cluster',
        index.all('redshift:cluster').flatMap((cluster) => {
          const use = logUseOf(cluster)
          return use?.bucket === name ? [use.by] : []
        }),
      ),
  },
  'account:region': {
    trails: (_, index) =>
      decided(
        index.all('cloudtrail:trail').map(({ arn, facts, asked }): Answer<TrailInRegion> => {
          const { status, selectors } = asked
          if (!status || isGap(status)) return status ?? missing(index.shard, 'cloudtrail:trail')
          if (!selectors || isGap(selectors)) return selectors ?? missing(index.shard, 'cloudtrail:trail')
          return retold(status, { arn, facts, status: status.value, selectors: selectors.value })
        }),
        listed(index, 'cloudtrail:trail', []),
        (trail) => !faultOf(trail),
      ),
    data: (region, index) => toldBy(region, index.data),
    dataRegions: (region, { shard }, { elsewhere }) =>
      elsewhere ? toldBy(region, elsewhere.dataRegions(region.account)) : missing(shard, 'account:region'),
  },
}

/** Serverless writes `IamRole(applyStatus=in-sync, iamRoleArn=arn:…)`: ListNamespaces in the API reference's examples. */
export function roleArnIn(text: string): string {
  return /arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@/-]+/.exec(text)?.[0] ?? text
}

function originOf(facts: SnapshotFacts, { shard, datasets }: JoinIndex): Origin {
  const isFromElsewhere = facts.SourceRegion && facts.SourceRegion !== shard.region
  if (isFromElsewhere || !facts.ClusterCreateTime) return 'untold'
  return datasets.has(datasetOf(shard.account, facts)) ? 'lives' : 'gone'
}
