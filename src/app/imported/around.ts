// What stands around clusters and namespaces, as a world writes it: schedules, grants, shares, subscriptions, HSMs,
// security groups, trails and what the event history told, log groups.

import { listOf, type Shard } from '#model/inventory.ts'
import type { ClusterNamed, Resource, ResourceType } from '#model/resource.ts'
import { present, told } from './keys.ts'
import { relative } from './moments.ts'
import type { Thing } from './redshift.ts'

/** The lists of a region that are written as AWS told them. */
const asTold = {
  snapshotCopyGrants: 'redshift:copy-grant',
  hsmConfigurations: 'redshift:hsm-configuration',
  hsmClientCertificates: 'redshift:hsm-client-certificate',
  eventSubscriptions: 'redshift:event-subscription',
  endpointAuthorizations: 'redshift:endpoint-authorization',
  snapshotCopyConfigurations: 'redshift-serverless:copy-configuration',
} as const satisfies Record<string, ResourceType>

/** The members of a region's world that stand around the data. */
export function aroundOf(shard: Shard, takenAt: string): Record<string, Thing[]> {
  const plain = Object.entries(asTold).map(([member, type]) => [
    member,
    listOf(shard, type).map(({ facts }) => relative(facts, takenAt) as Thing),
  ])
  return {
    ...Object.fromEntries(plain),
    snapshotSchedules: listOf(shard, 'redshift:snapshot-schedule').map(({ facts }) =>
      present({
        ScheduleIdentifier: facts.ScheduleIdentifier,
        ScheduleDefinitions: facts.ScheduleDefinitions,
        ScheduleDescription: facts.ScheduleDescription,
        Tags: facts.Tags,
      }),
    ),
    datashares: listOf(shard, 'redshift:datashare')
      .filter(({ arn }) => arn.includes(`:${shard.account}:`))
      .map(({ facts }) => relative(facts, takenAt) as Thing),
    ...networkOf(shard),
    namespacePolicies: listOf(shard, 'redshift:cluster').flatMap(({ name, asked }) => {
      const Policy = told(asked.policy)
      return Policy ? [{ ClusterIdentifier: name, Policy }] : []
    }),
    trails: listOf(shard, 'cloudtrail:trail')
      .filter((trail) => isAtHome(trail, shard))
      .map(trailThing),
    events: listOf(shard, 'account:region').flatMap((region) => [
      ...renewalEvents(region, takenAt),
      ...resumeEvents(region, takenAt),
    ]),
    logGroups: listOf(shard, 'logs:log-group').map(({ name, facts }) =>
      present({ logGroupName: name, retentionInDays: facts.retentionInDays, kmsKeyId: facts.kmsKeyId }),
    ),
  }
}

/** Security groups and subnet groups with their network, and the prefix lists that rules name. */
function networkOf(shard: Shard): Record<string, Thing[]> {
  const groups = listOf(shard, 'ec2:security-group').map(({ facts }) => facts)
  // The default group is there in every region.
  const subnetGroups = listOf(shard, 'redshift:subnet-group').filter(({ name }) => name !== 'default')
  const networks = new Set(
    [...groups, ...subnetGroups.map(({ facts }) => facts)].flatMap(({ VpcId }) => VpcId ?? []),
  )
  return {
    vpcs: [...networks].map((VpcId) => ({ VpcId, CidrBlock: '172.31.0.0/16' })),
    subnets: subnetsOf(subnetGroups),
    subnetGroups: subnetGroups.map(({ facts: { ClusterSubnetGroupName, Description, Subnets = [], Tags } }) =>
      present({
        ClusterSubnetGroupName,
        Description,
        Subnets: Subnets.map(({ SubnetIdentifier }) => ({ SubnetIdentifier })),
        Tags,
      }),
    ),
    securityGroups: groups.map(
      ({ GroupId, GroupName, Description, VpcId, IpPermissions, IpPermissionsEgress, Tags }) =>
        present({ GroupId, GroupName, Description, VpcId, IpPermissions, IpPermissionsEgress, Tags }),
    ),
    prefixLists: listOf(shard, 'ec2:prefix-list').flatMap(({ facts, asked }) => {
      const Entries = told(asked.entries)
      const PrefixListId = facts.PrefixListId
      return Entries ? [{ PrefixListId, PrefixListName: PrefixListId, Entries }] : []
    }),
  }
}

/** The subnets of some groups, each once; their ranges are made up, since Redshift does not tell them. */
function subnetsOf(groups: readonly Resource<'redshift:subnet-group'>[]): Thing[] {
  const subnets = new Map<string, Thing>()
  for (const { facts } of groups) {
    for (const { SubnetIdentifier: SubnetId = '', SubnetAvailabilityZone: zone } of facts.Subnets ?? []) {
      if (subnets.has(SubnetId)) continue
      const CidrBlock = `172.31.${subnets.size}.0/24`
      subnets.set(SubnetId, { SubnetId, VpcId: facts.VpcId, CidrBlock, AvailabilityZone: zone?.Name })
    }
  }
  return [...subnets.values()]
}

/** A trail is written where its home is. That of an organization stands in each account that sees it. */
function isAtHome({ facts }: Resource<'cloudtrail:trail'>, { region }: Shard): boolean {
  return facts.HomeRegion === region
}

function trailThing({ facts, asked }: Resource<'cloudtrail:trail'>): Thing {
  const { TrailARN, HomeRegion, HasCustomEventSelectors, HasInsightSelectors, ...kept } = facts
  const status = told(asked.status)
  return {
    ...kept,
    // The world has no organization.
    ...(facts.IsOrganizationTrail && { IsOrganizationTrail: false }),
    ...told(asked.selectors),
    ...(status && { IsLogging: status.IsLogging ?? false }),
  }
}

function resumeEvents({ asked }: Resource<'account:region'>, takenAt: string): Thing[] {
  return (told(asked.resumes) ?? []).map((resume) => clusterEvent('ResumeCluster', resume, takenAt))
}

/** Events whose record does not tell whether keys are new tell nothing here either. */
function renewalEvents({ asked }: Resource<'account:region'>, takenAt: string): Thing[] {
  return (told(asked.keyRenewals) ?? []).map(({ how, key, ...renewal }) =>
    how === 'rotated'
      ? clusterEvent('RotateEncryptionKey', renewal, takenAt)
      : clusterEvent('ModifyCluster', renewal, takenAt, {
          request: { encrypted: true, ...(key && { kmsKeyId: key }) },
          response: how === 'encrypted' ? { pendingModifiedValues: { encryptionType: 'KMS' } } : {},
        }),
  )
}

/** The record of a call about a cluster. Who made it is not in the inventory. */
function clusterEvent(
  eventName: string,
  { cluster, namespace, at }: ClusterNamed & { at: string },
  takenAt: string,
  { request = {}, response = {} }: { request?: object; response?: object } = {},
): Thing {
  return {
    ...relative({ eventTime: at }, takenAt),
    eventSource: 'redshift.amazonaws.com',
    eventName,
    user: 'redoubt',
    requestParameters: { clusterIdentifier: cluster, ...request },
    responseElements: { ...(namespace && { clusterNamespaceArn: namespace }), ...response },
  }
}
