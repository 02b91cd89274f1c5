// ModifyClusterParameterGroup: sets values in a group and says what that means for the clusters attached to it.

import { InvalidClusterParameterGroupStateFault$, type Parameter } from '@aws-sdk/client-redshift'
import type { Context } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { ClusterRecord, ParameterGroup } from './model.ts'
import { accepts, findParameter, valueIn } from './parameters.ts'
import { isDynamicWlmChange } from './wlm.ts'
import { applyTime, modifying, startWork } from './work.ts'

type Change = { name: string; from: string; to: string }

// "a maximum of 20 parameters can be modified in a single request" (API, ModifyClusterParameterGroup).
const mostParameters = 20

/** Sets parameters of a group. Everything is checked before anything changes. */
export function changeParameters(group: ParameterGroup, parameters: Parameter[], context: Context): void {
  const { region } = context
  if (parameters.length < 1 || parameters.length > mostParameters) {
    // Unverified: code and wording.
    throw common('InvalidParameterValue', `The number of parameters must be between 1 and ${mostParameters}.`)
  }
  const requested = parameters.map((parameter) => readChange(group, parameter))
  const attached = [...region.redshift.clusters.values()].filter((cluster) => cluster.group === group)
  if (attached.some(({ applying }) => applying.size > 0)) {
    // "The cluster parameter group action can not be completed because another task is in progress" (API).
    throw fault(
      InvalidClusterParameterGroupStateFault$,
      `The parameter group ${group.name} cannot be changed because another task that involves it is in progress.`,
    )
  }
  const changes = requested.filter(({ from, to }) => from !== to)
  for (const { name, to } of requested) group.values.set(name, to)
  if (changes.length > 0) for (const cluster of attached) changeCluster(cluster, changes, context)
}

function readChange(group: ParameterGroup, { ParameterName, ParameterValue }: Parameter): Change {
  const name = ParameterName?.toLowerCase() ?? ''
  const definition = findParameter(group.family, name)
  // Unverified: wording of both, after RDS ("Could not find parameter with name: x").
  if (!definition)
    throw common('InvalidParameterValue', `Could not find parameter with name: ${ParameterName ?? ''}`)
  if (ParameterValue === undefined || !accepts(definition, ParameterValue)) {
    throw common('InvalidParameterValue', `Invalid parameter value: ${ParameterValue ?? ''} for: ${name}`)
  }
  return { name, from: valueIn(group, name) ?? definition.value, to: ParameterValue }
}

// "If you changed static parameters, all updates, including dynamic parameters, will be applied when you reboot" (API).
function changeCluster(cluster: ClusterRecord, changes: Change[], { state, region, now }: Context) {
  const atRest = !cluster.work && cluster.facts.ClusterStatus === 'available'
  if (atRest && cluster.pending.size === 0 && changes.every(isDynamic)) {
    cluster.applying = new Set(changes.map(({ name }) => name))
    // "While dynamic properties are being applied, your cluster status is modifying" (WLM dynamic properties).
    startWork(state, region, cluster, modifying(now + applyTime, { kind: 'parametersApplied' }))
    return
  }
  for (const { name, from } of changes) if (!cluster.pending.has(name)) cluster.pending.set(name, from)
}

// Every parameter is listed as static; only properties inside the WLM configuration can take effect at once.
function isDynamic({ name, from, to }: Change): boolean {
  return name === 'wlm_json_configuration' && isDynamicWlmChange(from, to)
}
