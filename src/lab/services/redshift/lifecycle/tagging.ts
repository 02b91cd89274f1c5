// CreateTags, DeleteTags and DescribeTags, over every kind of resource of Redshift that the lab has.

import type * as client from '@aws-sdk/client-redshift'
import { InvalidTagFault$, ResourceNotFoundFault$, type Tag } from '@aws-sdk/client-redshift'
import { parseArn } from '#kit/arn.ts'
import { arnIn, type Region } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { isDefault } from '../default-groups.ts'
import type { ClusterRecord, SnapshotRecord } from '../model.ts'
import { pageOf } from '../page.ts'
import { checkTags, matchesTags, withTags } from '../tags.ts'

/** Something that has tags. */
type Tagged = { type: string; arn: string; tags: Tag[]; set(tags: Tag[]): void }

/** Lists what has tags in a region, of one kind. */
type Source = (region: Region) => Tagged[]

// Names of the types: API, DescribeTags. ARNs: service authorization reference, Amazon Redshift.
const sources: Record<string, Source> = {
  Cluster: (region) =>
    [...region.redshift.clusters.values()].map((cluster) =>
      recordTagged('Cluster', arnIn(region, 'redshift', `cluster:${cluster.id}`), cluster),
    ),
  Snapshot: (region) =>
    [...region.redshift.snapshots.values()].map((snapshot) =>
      recordTagged('Snapshot', snapshot.facts.SnapshotArn, snapshot),
    ),
  'Parameter group': (region) =>
    [...region.redshift.groups.values()]
      .filter((group) => !isDefault(group))
      .map((group) => plain(region, 'Parameter group', `parametergroup:${group.name}`, group)),
  'Snapshot copy grant': (region) =>
    [...region.redshift.keys.copyGrants.values()].map(({ name, facts }) =>
      withFacts(region, 'Snapshot copy grant', `snapshotcopygrant:${name}`, facts),
    ),
  'HSM certificate': (region) =>
    [...region.redshift.keys.hsmCertificates].map(([name, certificate]) =>
      withFacts(region, 'HSM certificate', `hsmclientcertificate:${name}`, certificate),
    ),
  'HSM connection': (region) =>
    [...region.redshift.keys.hsmConfigurations].map(([name, configuration]) =>
      withFacts(region, 'HSM connection', `hsmconfiguration:${name}`, configuration),
    ),
  // Not among the types that DescribeTags names, but schedules are made with tags. Unverified: the name of the type.
  'Snapshot schedule': (region) =>
    [...region.redshift.snapshotSchedules.values()].map((plan) =>
      plain(region, 'Snapshot schedule', `snapshotschedule:${plan.id}`, plan),
    ),
  // Unverified: the names of these three types.
  'Event subscription': (region) =>
    [...region.redshift.extras.subscriptions.values()].map(({ name, facts }) =>
      withFacts(region, 'Event subscription', `eventsubscription:${name}`, facts),
    ),
  'Usage limit': (region) =>
    [...region.redshift.extras.usageLimits.values()].map(({ id, facts }) =>
      withFacts(region, 'Usage limit', `usagelimit:${id}`, facts),
    ),
  Integration: (region) =>
    integrations(region).map(({ facts }) => ({
      ...withFacts(region, 'Integration', '', facts),
      arn: facts.IntegrationArn,
    })),
  'Subnet group': (region) =>
    [...region.redshift.subnetGroups.values()].map((group) =>
      plain(region, 'Subnet group', `subnetgroup:${group.name}`, group),
    ),
}

// One that is being deleted has lost its tags. Unverified.
function integrations({ redshift }: Region) {
  return [...redshift.extras.integrations.values()].filter(({ goneAt }) => goneAt === undefined)
}

function plain(region: Region, type: string, name: string, owner: { tags: Tag[] }): Tagged {
  const set = (tags: Tag[]) => {
    owner.tags = tags
  }
  return { type, arn: arnIn(region, 'redshift', name), tags: owner.tags, set }
}

function withFacts(region: Region, type: string, name: string, facts: { Tags?: Tag[] | undefined }): Tagged {
  const set = (tags: Tag[]) => {
    facts.Tags = tags
  }
  return { type, arn: arnIn(region, 'redshift', name), tags: facts.Tags ?? [], set }
}

// The facts of clusters and snapshots are replaced, never changed.
function recordTagged(type: string, arn: string, record: ClusterRecord | SnapshotRecord): Tagged {
  const set = (tags: Tag[]) => {
    Object.assign(record, { facts: { ...record.facts, Tags: tags } })
  }
  return { type, arn, tags: record.facts.Tags ?? [], set }
}

export const tagOperations = {
  CreateTags(input, { region }) {
    const resource = getTagged(region, input.ResourceName)
    checkTags(input.Tags)
    const tags = withTags(resource.tags, input.Tags)
    checkTags(tags)
    resource.set(tags)
    return {}
  },

  DeleteTags(input, { region }) {
    const resource = getTagged(region, input.ResourceName)
    resource.set(resource.tags.filter(({ Key }) => !input.TagKeys.includes(Key ?? '')))
    return {}
  },

  DescribeTags(input, { region }) {
    const { ResourceName: name, ResourceType: type } = input
    if (name !== undefined && type !== undefined) {
      // "You can't specify both" (API, DescribeTags). Unverified: code and wording.
      throw common('InvalidParameterCombination', 'Specify either ResourceName or ResourceType.')
    }
    const chosen = name === undefined ? ofType(region, type) : [getTagged(region, name)]
    const each = chosen.flatMap((resource) => resource.tags.map((tag) => ({ resource, tag })))
    const matching = each.filter(({ tag }) => matchesTags([tag], input))
    const { items, ...marker } = pageOf(matching, ({ resource, tag }) => [resource.arn, tag.Key ?? ''], input)
    const view = items.map(({ resource, tag }) => ({
      Tag: tag,
      ResourceName: resource.arn,
      ResourceType: resource.type.toLowerCase(),
    }))
    return { TaggedResources: view, ...marker }
  },
} satisfies Operations<typeof client>

function ofType(region: Region, type: string | undefined): Tagged[] {
  const wanted = type?.toLowerCase()
  const chosen = Object.entries(sources).filter(
    ([name]) => wanted === undefined || name.toLowerCase() === wanted,
  )
  return chosen.flatMap(([, source]) => source(region))
}

function getTagged(region: Region, arn: string): Tagged {
  // Unverified: code and wording of what is not an ARN of Redshift.
  if (parseArn(arn)?.service !== 'redshift') throw fault(InvalidTagFault$, `Invalid ARN: ${arn}`)
  const resource = ofType(region, undefined).find((one) => one.arn === arn)
  // Wording: the fault's description.
  if (!resource) throw fault(ResourceNotFoundFault$, 'The resource could not be found.')
  return resource
}
