// Workgroups: creating, showing, changing and deleting them.

import type * as client from '@aws-sdk/client-redshift-serverless'
import { schedule } from '#lab/agenda.ts'
import { newUuid } from '#lab/ids.ts'
import { rootKey } from '#lab/services/redshift/keys/vault.ts'
import { arnIn, type Context } from '#lab/state.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { checkCapacities, checkCapacity, checkTarget, usualCapacity } from './capacity.ts'
import { checkName, checkOneOf, checkTags } from './checks.ts'
import { defaultParameters, readParameters } from './config-parameters.ts'
import { durations } from './durations.ts'
import { conflict, invalid, notFound } from './errors.ts'
import { demandIdle, getNamespace, getWorkgroup, workgroupOf } from './find.ts'
import { demandServerlessKey } from './keys.ts'
import type { WorkgroupFacts, WorkgroupRecord } from './model.ts'
import { pageOf } from './page.ts'
import { regionOfOwner } from './sharing.ts'
import { putTags } from './tags.ts'
import { demandPublicAllowed, readGroups, readSubnets } from './workgroup-network.ts'
import { checkPort, updateWorkgroup } from './workgroup-update.ts'
import { viewWorkgroup } from './workgroup-view.ts'

type CreateInput = client.CreateWorkgroupCommandInput & { workgroupName: string; namespaceName: string }

// "Quotas for Amazon Redshift Serverless objects" (amazon-redshift-limits).
const mostWorkgroups = 25

export const workgroupOperations = {
  CreateWorkgroup(input, context) {
    const { state, region, now } = context
    const { serverless } = region
    checkName(input.workgroupName, 'workgroupName')
    checkTags(input.tags ?? [])
    const namespace = getNamespace(region, input.namespaceName)
    // Unverified: the wordings of these three.
    if (serverless.workgroups.has(input.workgroupName))
      throw conflict(`The workgroup ${input.workgroupName} already exists.`)
    if (workgroupOf(region, namespace.name))
      throw conflict(`The namespace ${namespace.name} is associated with a workgroup already.`)
    if (serverless.workgroups.size >= mostWorkgroups)
      throw invalid(`You have reached the limit of ${mostWorkgroups} workgroups.`)
    demandIdle(region, namespace, 'namespace', 'using')
    const facts = workgroupFacts(input, context)
    demandServerlessKey(context, rootKey(context, namespace.vault), namespace.vault.encryptionContext)
    const until = now + durations.createWorkgroup
    const workgroup: WorkgroupRecord = {
      name: input.workgroupName,
      facts,
      work: { status: 'CREATING', until, change: {} },
      policy: undefined,
    }
    serverless.workgroups.set(workgroup.name, workgroup)
    putTags(region, facts.workgroupArn, input.tags)
    schedule(state, until, 'redshift-serverless:workgroup', region, workgroup.name)
    return { workgroup: viewWorkgroup(region, workgroup) }
  },

  GetWorkgroup({ workgroupName }, { region }) {
    return { workgroup: viewWorkgroup(region, getWorkgroup(region, workgroupName)) }
  },

  ListWorkgroups(input, context) {
    const { ownerAccount: owner = context.account.id } = input
    const isOwn = owner === context.account.id
    // Endpoints that other accounts may make are not modelled, so that nobody sees another's workgroups.
    const region = isOwn ? context.region : undefined
    if (!isOwn && !regionOfOwner(context, owner)) throw invalid(`The account ${owner} doesn't exist.`)
    const { items, ...next } = pageOf(region?.serverless.workgroups.values() ?? [], ({ name }) => name, input)
    return { workgroups: items.map((workgroup) => viewWorkgroup(context.region, workgroup)), ...next }
  },

  UpdateWorkgroup(input, context) {
    const workgroup = getWorkgroup(context.region, input.workgroupName)
    updateWorkgroup(workgroup, input, context)
    return { workgroup: viewWorkgroup(context.region, workgroup) }
  },

  DeleteWorkgroup({ workgroupName }, { state, region, now }) {
    const workgroup = getWorkgroup(region, workgroupName)
    demandIdle(region, getNamespace(region, workgroup.facts.namespaceName), 'workgroup', 'deleting')
    const until = now + durations.deleteWorkgroup
    workgroup.work = { status: 'DELETING', until, change: {} }
    schedule(state, until, 'redshift-serverless:workgroup', region, workgroup.name)
    return { workgroup: viewWorkgroup(region, workgroup) }
  },

  GetTrack({ trackName }) {
    const track = tracks.find((one) => one.trackName === trackName)
    if (!track) throw notFound('track', trackName)
    return { track }
  },

  ListTracks(input) {
    const { items, ...next } = pageOf(tracks, ({ trackName }) => trackName, input)
    return { tracks: items, ...next }
  },
} satisfies Operations<typeof client>

// As in the sample response of ListTracks (API).
const versions = { current: '1.0.106980', trailing: '1.0.106452' }
const tracks = [
  {
    trackName: 'current',
    workgroupVersion: versions.current,
    updateTargets: [{ trackName: 'trailing', workgroupVersion: versions.trailing }],
  },
  {
    trackName: 'trailing',
    workgroupVersion: versions.trailing,
    updateTargets: [{ trackName: 'current', workgroupVersion: versions.current }],
  },
]

function workgroupFacts(input: CreateInput, context: Context): WorkgroupFacts {
  const { state, region } = context
  checkCreate(input, context)
  const workgroupId = newUuid(state)
  return {
    ...usualWorkgroup(input.trackName),
    workgroupId,
    workgroupArn: arnIn(region, 'redshift-serverless', `workgroup/${workgroupId}`),
    workgroupName: input.workgroupName,
    namespaceName: input.namespaceName,
    creationDate: new Date(context.now),
    baseCapacity: input.baseCapacity ?? usualCapacity,
    maxCapacity: input.maxCapacity,
    pricePerformanceTarget: input.pricePerformanceTarget,
    port: input.port ?? 5439,
    enhancedVpcRouting: input.enhancedVpcRouting ?? false,
    publiclyAccessible: input.publiclyAccessible ?? false,
    ipAddressType: input.ipAddressType ?? 'ipv4',
    extraComputeForAutomaticOptimization: input.extraComputeForAutomaticOptimization ?? false,
    subnetIds: readSubnets(region, input.subnetIds),
    securityGroupIds: readGroups(region, input.securityGroupIds),
    parameters: { ...defaultParameters(), ...readParameters(input.configParameters ?? []) },
  }
}

/** What a workgroup says that nothing was said of. */
export function usualWorkgroup(trackName = 'current') {
  const track = tracks.find((one) => one.trackName === trackName)
  // Unverified: wording.
  if (!track) throw invalid(`The track ${trackName} doesn't exist.`)
  return { trackName, workgroupVersion: track.workgroupVersion, patchVersion: '205' }
}

function checkCreate(input: CreateInput, { region }: Context) {
  const { baseCapacity, pricePerformanceTarget: target, configParameters = [] } = input
  if (baseCapacity !== undefined) checkCapacity(region, baseCapacity)
  checkCapacities(input)
  if (target) checkTarget(target)
  // Unverified: wording (the rule: terraform-provider-aws, redshiftserverless/workgroup.go).
  if (baseCapacity !== undefined && target?.status === 'ENABLED')
    throw invalid('You cannot set the base capacity when the price performance target is enabled.')
  if (input.port !== undefined) checkPort(input.port)
  if (input.ipAddressType !== undefined)
    checkOneOf(input.ipAddressType, 'ipAddressType', ['ipv4', 'dualstack'])
  demandPublicAllowed(region, input.publiclyAccessible)
  // "require_ssl … creating a workgroup with false fails" since 2025-01-10 (behavior-changes). Unverified: wording.
  if (readParameters(configParameters).require_ssl === 'false')
    throw invalid("You can't create a workgroup with the parameter require_ssl set to false.")
}
