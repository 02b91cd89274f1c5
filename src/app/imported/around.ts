// What stands around clusters and namespaces, as a world writes it: schedules, grants, shares, subscriptions, HSMs,
// security groups, trails and what the event history told, log groups.

import { listOf, type Shard } from '#model/inventory.ts'
import type { Resource, ResourceType } from '#model/resource.ts'
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
    trails: listOf(shard, 'cloudtrail:trail')
      .filter((trail) => isOwn(trail, shard))
      .map(trailThing),
    events: listOf(shard, 'account:region').flatMap((region) => rotationEvents(region, takenAt)),
    logGroups: listOf(shard, 'logs:log-group').map(({ name, facts }) =>
      present({ logGroupName: name, retentionInDays: facts.retentionInDays, kmsKeyId: facts.kmsKeyId }),
    ),
  }
}

/** Security groups with their network, and the prefix lists that they name. */
function networkOf(shard: Shard): Record<string, Thing[]> {
  const groups = listOf(shard, 'ec2:security-group').map(({ facts }) => facts)
  const networks = [...new Set(groups.flatMap(({ VpcId }) => VpcId ?? []))]
  return {
    vpcs: networks.map((VpcId) => ({ VpcId, CidrBlock: '172.31.0.0/16' })),
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

/** A trail is written where its home is; what is seen of others' trails comes with theirs. */
function isOwn({ facts, arn }: Resource<'cloudtrail:trail'>, { account, region }: Shard): boolean {
  return facts.HomeRegion === region && arn.includes(`:${account}:`)
}

function trailThing({ facts, asked }: Resource<'cloudtrail:trail'>): Thing {
  const { TrailARN, HomeRegion, HasCustomEventSelectors, HasInsightSelectors, ...kept } = facts
  const status = told(asked.status)
  return {
    ...kept,
    ...told(asked.selectors),
    ...(status && { IsLogging: status.IsLogging ?? false }),
  }
}

function rotationEvents({ asked }: Resource<'account:region'>, takenAt: string): Thing[] {
  return (told(asked.rotations) ?? []).map(({ cluster, at }) => ({
    ...relative({ eventTime: at, EventTime: at }, takenAt),
    eventSource: 'redshift.amazonaws.com',
    eventName: 'RotateEncryptionKey',
    requestParameters: { clusterIdentifier: cluster },
  }))
}
