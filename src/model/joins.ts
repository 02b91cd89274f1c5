// The answers that other resources of an inventory give about one, type by type.

import { parseArn } from '#kit/arn.ts'
import { retold } from './inventory.ts'
import { type Beyond, datasetOf, type JoinIndex } from './join-index.ts'
import { guarded } from './joins/guards.ts'
import {
  clustersThat,
  decided,
  every,
  type Join,
  listed,
  missing,
  named,
  together,
  toldBy,
} from './joins/join.ts'
import { keyNamedBy, keyOf, keyStateNamedBy, restoreKey, serverlessKeyOf } from './joins/keys.ts'
import { logBucketSeen, logUseOf } from './joins/log-bucket.ts'
import { roleArnIn, roles } from './joins/roles.ts'
import { isQuiet } from './logging.ts'
import {
  type Answer,
  type ClusterNamed,
  type CopyKey,
  isCopied,
  isGap,
  type ParameterGroupInUse,
  type Resource,
  type ResourceType,
  type TrailInRegion,
} from './resource.ts'
import { portOf } from './serverless.ts'
import { faultOf } from './trail-coverage.ts'

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
    keyRenewals: (cluster, index) => {
      const renewals = index.find('account:region', cluster.region)?.asked.keyRenewals
      if (!renewals || isGap(renewals)) return renewals ?? missing(index.shard, 'account:region')
      const own = newestFirst(renewals.value.filter(isAbout(cluster)))
      return retold(
        renewals,
        own.map(({ at, how, key }) => ({ at, how, ...(key && { key }) })),
      )
    },
    resumes: (cluster, index) => {
      const { logging } = cluster.asked
      if (logging && !isGap(logging) && !isQuiet(logging.value, logging.takenAt)) return retold(logging, [])
      const resumes = index.find('account:region', cluster.region)?.asked.resumes
      if (!resumes || isGap(resumes)) return resumes ?? missing(index.shard, 'account:region')
      const own = newestFirst(resumes.value.filter(isAbout(cluster)))
      return retold(
        resumes,
        own.map(({ at }) => at),
      )
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
    keyState: keyStateNamedBy<'redshift:copy-grant'>(keyOf),
    users: (grant, { shard }, { elsewhere }) =>
      elsewhere?.usersOf(grant.name, grant) ??
      missing(shard, 'redshift:cluster', 'only a scan looks at the clusters of all regions'),
  },
  'redshift:snapshot': {
    key: keyNamedBy<'redshift:snapshot'>(keyOf),
    restoreKey: restoreKey<'redshift:snapshot'>(keyOf),
    // Nothing is judged by it, only told: a refused list must not hide what the facts say of a snapshot.
    origin: (snapshot, index, beyond) => {
      const lives = sourceLives(snapshot, index, beyond)
      if (isGap(lives) || lives.value === null) return toldBy(snapshot, 'untold')
      return retold(lives, lives.value ? 'lives' : 'gone')
    },
    clusterLives: sourceLives,
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

/** Whether the cluster of a snapshot lives, here or where it was copied from; null where AWS does not tell which it was. */
function sourceLives(
  { account, facts }: Resource<'redshift:snapshot'>,
  index: JoinIndex,
  { elsewhere }: Beyond,
): Answer<boolean | null> {
  if (isCopied(facts, index.shard.region))
    return (
      elsewhere?.sourceLives(account, facts) ??
      missing(index.shard, 'redshift:cluster', 'only a scan looks at the clusters of all regions')
    )
  const lives = facts.ClusterCreateTime ? index.datasets.has(datasetOf(account, facts)) : null
  return listed(index, 'redshift:cluster', lives)
}

/** Whether an event is about a cluster. The name may be another's by now, as when a restored one takes the place of an old one. */
function isAbout({ name, facts }: Resource<'redshift:cluster'>): (event: ClusterNamed) => boolean {
  return ({ cluster, namespace }) =>
    namespace && facts.ClusterNamespaceArn ? namespace === facts.ClusterNamespaceArn : cluster === name
}

function newestFirst<E extends { at: string }>(events: readonly E[]): E[] {
  return [...events].sort((one, other) => (one.at < other.at ? 1 : -1))
}
