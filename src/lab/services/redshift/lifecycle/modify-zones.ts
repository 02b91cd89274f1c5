// ModifyCluster where it goes alone: Multi-AZ, relocation, and allowing relocation.

import {
  type ModifyClusterMessage,
  UnsupportedOperationFault$,
  UnsupportedOptionFault$,
} from '@aws-sdk/client-redshift'
import type { Context } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { ClusterRecord, Ending } from '../model.ts'
import { demandRest, startWork } from '../work.ts'
import { durations } from './durations.ts'
import { note } from './events.ts'
import { checkZone, zonesOf } from './network.ts'
import { isDenseCompute, isSingle } from './node-types.ts'

/** Does what must be asked for alone; false when a request asks for nothing of the kind. */
export function modifyAlone(cluster: ClusterRecord, input: ModifyClusterMessage, context: Context): boolean {
  if (input.MultiAZ !== undefined) {
    // Wording: confluentinc/demo-dsp-fraud-detection pull request 28.
    demandAlone(
      input,
      'MultiAZ',
      'When a ModifyCluster AutoFailover operation is requested, no other modifications are allowed in the same request.',
    )
    changeMultiAz(cluster, input.MultiAZ, context)
    return true
  }
  if (input.AvailabilityZone !== undefined) {
    // Terraform sends both of these alone (cluster.go). Unverified: wordings of this and the next.
    demandAlone(input, 'AvailabilityZone', 'A relocation cannot be combined with other modifications.')
    relocate(cluster, input.AvailabilityZone, context)
    return true
  }
  if (input.AvailabilityZoneRelocation === undefined) return false
  demandAlone(
    input,
    'AvailabilityZoneRelocation',
    'Availability Zone relocation cannot be changed together with other modifications.',
  )
  allowRelocation(cluster, input.AvailabilityZoneRelocation, context)
  return true
}

function demandAlone(input: ModifyClusterMessage, member: keyof ModifyClusterMessage, message: string) {
  const others = Object.entries(input).filter(
    ([name, value]) => value !== undefined && name !== 'ClusterIdentifier' && name !== member,
  )
  if (others.length > 0) throw common('InvalidParameterCombination', message)
}

// convert-saz-to-maz, convert-maz-to-saz (Management Guide).
function changeMultiAz(cluster: ClusterRecord, on: boolean, { state, region, now }: Context) {
  const { facts } = cluster
  if (on === (facts.MultiAZ === 'Enabled'))
    throw common('InvalidParameterCombination', 'No modifications were requested')
  if (on && !facts.Encrypted) {
    // Wording: terraform-provider-aws issue 38827, there for a restore.
    throw common(
      'InvalidParameterCombination',
      'Your cluster must be encrypted to use Multi-AZ. Specify encrypted parameter to encrypt your cluster.',
    )
  }
  if (on && (isDenseCompute(facts.NodeType) || isSingle(cluster))) {
    // Unverified: wording.
    throw fault(UnsupportedOptionFault$, 'Multi-AZ requires two or more RA3 or RG nodes.')
  }
  demandRest(cluster, 'modify')
  const second = zonesOf(region).find((zone) => zone !== facts.AvailabilityZone)
  const later = on
    ? { MultiAZ: 'Enabled', MultiAZSecondary: { AvailabilityZone: second, ClusterNodes: [] } }
    : { MultiAZ: 'Disabled', MultiAZSecondary: undefined }
  const done = on ? '3674' : '3677'
  note(region, { number: on ? '3673' : '3676', at: now, source: cluster.id })
  const ending: Ending = { kind: 'multiAzChanged', facts: later, event: done }
  startWork(state, region, cluster, {
    status: 'modifying',
    availability: 'Modifying',
    until: now + durations.multiAz,
    ending,
  })
}

function relocate(cluster: ClusterRecord, zone: string, { state, region, now }: Context) {
  checkZone(region, zone)
  if (zone === cluster.facts.AvailabilityZone)
    throw common('InvalidParameterCombination', 'No modifications were requested')
  if (cluster.facts.AvailabilityZoneRelocationStatus !== 'enabled') {
    // "You must turn on relocation before" (managing-cluster-recovery). Unverified: wording.
    throw fault(
      UnsupportedOptionFault$,
      `Availability Zone relocation is not enabled for cluster ${cluster.id}.`,
    )
  }
  demandRest(cluster, 'relocate')
  note(region, { number: '3631', at: now, source: cluster.id })
  // Unverified: the status while a cluster is relocated.
  startWork(state, region, cluster, {
    status: 'modifying',
    availability: 'Unavailable',
    until: now + durations.relocating,
    ending: { kind: 'relocated', zone },
  })
}

function allowRelocation(cluster: ClusterRecord, on: boolean, { state, region, now }: Context) {
  const wanted = on ? 'enabled' : 'disabled'
  if (wanted === cluster.facts.AvailabilityZoneRelocationStatus)
    throw common('InvalidParameterCombination', 'No modifications were requested')
  if (on && isDenseCompute(cluster.facts.NodeType)) {
    // Unverified: wording.
    const type = cluster.facts.NodeType
    throw fault(UnsupportedOperationFault$, `Relocation is not supported for node type ${type}.`)
  }
  demandRest(cluster, 'modify')
  const facts = { AvailabilityZoneRelocationStatus: wanted }
  startWork(state, region, cluster, {
    status: 'modifying',
    availability: 'Modifying',
    until: now + durations.modifying,
    ending: { kind: 'modified', values: {}, facts },
  })
}
