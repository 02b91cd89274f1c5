// Changing a workgroup: one property a request.

import type { UpdateWorkgroupRequest } from '@aws-sdk/client-redshift-serverless'
import { schedule } from '#lab/agenda.ts'
import type { Context } from '#lab/state.ts'
import { noteLogs } from './audit-logs.ts'
import { checkCapacities, checkCapacity, checkTarget, demandBackup } from './capacity.ts'
import { checkOneOf } from './checks.ts'
import { readParameters } from './config-parameters.ts'
import { durations } from './durations.ts'
import { invalid } from './errors.ts'
import { demandIdle, getNamespace } from './find.ts'
import type { WorkgroupFacts, WorkgroupRecord } from './model.ts'
import { demandPublicAllowed, readGroups, readSubnets } from './workgroup-network.ts'

type Input = UpdateWorkgroupRequest
type Change = Partial<WorkgroupFacts>
type Changer = (workgroup: WorkgroupRecord, input: Input, context: Context) => Change

// API, CreateWorkgroup: "Valid port ranges are 5431-5455 and 8191-8215." Unverified: wording.
/** Throws unless a workgroup can listen on this port. */
export function checkPort(port: number): void {
  const isRight = (port >= 5431 && port <= 5455) || (port >= 8191 && port <= 8215)
  if (!isRight) throw invalid('Valid port ranges are 5431-5455 and 8191-8215.')
}

const changers: Partial<Record<keyof Input, Changer>> = {
  baseCapacity(workgroup, { baseCapacity = 0 }, { region, now }) {
    checkCapacity(region, baseCapacity)
    checkCapacities({ ...workgroup.facts, baseCapacity })
    // Unverified: wording (the rule: terraform-provider-aws, redshiftserverless/workgroup.go).
    if (workgroup.facts.pricePerformanceTarget?.status === 'ENABLED')
      throw invalid('You cannot set the base capacity when the price performance target is enabled.')
    demandBackup(region, workgroup, now)
    return { baseCapacity }
  },

  // "the UpdateWorkgroup request must include a -1 value for maxCapacity" to take the limit away, and fails when there is
  // none (hashicorp/terraform-provider-aws#36032). Unverified: wording.
  maxCapacity(workgroup, { maxCapacity = 0 }, { region, now }) {
    if (maxCapacity === -1) {
      if (workgroup.facts.maxCapacity === undefined) throw invalid('There is no maximum capacity to remove.')
      return { maxCapacity: undefined }
    }
    checkCapacities({ ...workgroup.facts, maxCapacity })
    demandBackup(region, workgroup, now)
    return { maxCapacity }
  },

  pricePerformanceTarget(_workgroup, { pricePerformanceTarget = {} }) {
    checkTarget(pricePerformanceTarget)
    return { pricePerformanceTarget }
  },

  // Unverified: that parameters which the request does not name keep their values.
  configParameters({ facts }, { configParameters = [] }) {
    return { parameters: { ...facts.parameters, ...readParameters(configParameters) } }
  },

  enhancedVpcRouting: (_workgroup, { enhancedVpcRouting }) => ({ enhancedVpcRouting }),

  publiclyAccessible(_workgroup, { publiclyAccessible }, { region }) {
    demandPublicAllowed(region, publiclyAccessible)
    return { publiclyAccessible }
  },

  subnetIds: (_workgroup, { subnetIds }, { region }) => ({ subnetIds: readSubnets(region, subnetIds) }),

  securityGroupIds: (_workgroup, { securityGroupIds }, { region }) => ({
    securityGroupIds: readGroups(region, securityGroupIds),
  }),

  port(_workgroup, { port = 0 }) {
    checkPort(port)
    return { port }
  },

  ipAddressType(_workgroup, { ipAddressType = '' }) {
    checkOneOf(ipAddressType, 'ipAddressType', ['ipv4', 'dualstack'])
    return { ipAddressType }
  },

  // Unverified: when a new track takes effect; here it is pending and stays so, as releases are not modelled.
  trackName({ facts }, { trackName = '' }) {
    if (trackName !== 'current' && trackName !== 'trailing')
      throw invalid(`The track ${trackName} doesn't exist.`)
    return { pendingTrackName: trackName === facts.trackName ? undefined : trackName }
  },

  extraComputeForAutomaticOptimization: (_workgroup, { extraComputeForAutomaticOptimization }) => ({
    extraComputeForAutomaticOptimization,
  }),
}

/** Begins a change of a workgroup, or throws AWS's refusal. */
export function updateWorkgroup(workgroup: WorkgroupRecord, input: Input, context: Context): void {
  const { state, region, now } = context
  const named = Object.entries(changers).filter(([member]) => input[member as keyof Input] !== undefined)
  // "You can't update multiple parameters in one request" (API, UpdateWorkgroup); wording: recorded in
  // hashicorp/terraform-provider-aws#28108.
  if (named.length > 1)
    throw invalid(`Can't update multiple configurations at the same time for workgroup ${workgroup.name}.`)
  const change = named[0]?.[1]
  // Unverified: code and wording.
  if (!change) throw invalid(`There is nothing to update for workgroup ${workgroup.name}.`)
  const namespace = getNamespace(region, workgroup.facts.namespaceName)
  demandIdle(region, namespace, 'workgroup', 'updating')
  const until = now + durations.updateWorkgroup
  workgroup.work = { status: 'MODIFYING', until, change: change(workgroup, input, context) }
  noteLogs(context, namespace)
  schedule(state, until, 'redshift-serverless:workgroup', region, workgroup.name)
}
