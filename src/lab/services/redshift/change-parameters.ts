// ModifyClusterParameterGroup: sets values in a group and says what that means for the clusters attached to it.

import { InvalidClusterParameterGroupStateFault$, type Parameter } from '@aws-sdk/client-redshift'
import type { Context } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import { durations } from './lifecycle/durations.ts'
import { note } from './lifecycle/events.ts'
import type { ClusterRecord, ParameterGroup } from './model.ts'
import { accepts, findParameter, valueIn } from './parameters.ts'
import { isDynamicWlmChange } from './wlm.ts'
import { isAtRest, modifying, startWork } from './work.ts'

type Change = { name: string; from: string; to: string }

// "a maximum of 20 parameters can be modified in a single request" (API, ModifyClusterParameterGroup).
const mostParameters = 20

/** Sets parameters of a group. Everything is checked before anything changes. */
export function changeParameters(group: ParameterGroup, parameters: Parameter[], context: Context): void {
  if (parameters.length < 1) throw tooMany()
  checkCount(parameters.length)
  const requested = parameters.map((parameter) => readChange(group, parameter))
  demandIdle(group, context)
  for (const { name, to } of requested) group.values.set(name, to)
  tellClusters(group, requested, context)
}

/** Gives parameters of a group the values of its family again. */
export function resetParameters(group: ParameterGroup, names: string[], context: Context): void {
  checkCount(names.length)
  const requested = names.map((name) => {
    const definition = definitionOf(group, name)
    return { name, from: valueIn(group, name) ?? definition.value, to: definition.value }
  })
  demandIdle(group, context)
  for (const { name } of requested) group.values.delete(name)
  tellClusters(group, requested, context)
}

function checkCount(count: number) {
  if (count > mostParameters) throw tooMany()
}

function tooMany() {
  // Unverified: code and wording.
  return common('InvalidParameterValue', `The number of parameters must be between 1 and ${mostParameters}.`)
}

function attachedTo(group: ParameterGroup, { region }: Context): ClusterRecord[] {
  return [...region.redshift.clusters.values()].filter((cluster) => cluster.group.name === group.name)
}

function demandIdle(group: ParameterGroup, context: Context) {
  if (attachedTo(group, context).every(({ applying }) => applying.size === 0)) return
  // "The cluster parameter group action can not be completed because another task is in progress" (API).
  throw fault(
    InvalidClusterParameterGroupStateFault$,
    `The parameter group ${group.name} cannot be changed because another task that involves it is in progress.`,
  )
}

function tellClusters(group: ParameterGroup, requested: Change[], context: Context) {
  const { region, now } = context
  const changes = requested.filter(({ from, to }) => from !== to)
  for (const { name, from, to } of changes) {
    note(region, { number: '1002', at: now, source: group.name, words: { parameter: name, from, to } })
  }
  if (changes.length === 0) return
  note(region, { number: '1005', at: now, source: group.name })
  for (const cluster of attachedTo(group, context)) {
    changeCluster(cluster, changes, context)
    note(region, { number: '1000', at: now, source: cluster.id, words: { group: group.name } })
  }
}

function readChange(group: ParameterGroup, { ParameterName, ParameterValue }: Parameter): Change {
  const name = ParameterName?.toLowerCase() ?? ''
  const definition = definitionOf(group, name)
  if (ParameterValue === undefined || !accepts(definition, ParameterValue)) {
    // Unverified: wording, after RDS.
    throw common('InvalidParameterValue', `Invalid parameter value: ${ParameterValue ?? ''} for: ${name}`)
  }
  return { name, from: valueIn(group, name) ?? definition.value, to: ParameterValue }
}

function definitionOf(group: ParameterGroup, name: string) {
  const definition = findParameter(group.family, name)
  if (definition) return definition
  // Unverified: wording, after RDS ("Could not find parameter with name: x").
  throw common('InvalidParameterValue', `Could not find parameter with name: ${name}`)
}

// "If you changed static parameters, all updates, including dynamic parameters, will be applied when you reboot" (API).
function changeCluster(cluster: ClusterRecord, changes: Change[], { state, region, now }: Context) {
  if (isAtRest(cluster) && cluster.pending.size === 0 && changes.every(isDynamic)) {
    cluster.applying = new Set(changes.map(({ name }) => name))
    // "While dynamic properties are being applied, your cluster status is modifying" (WLM dynamic properties).
    startWork(
      state,
      region,
      cluster,
      modifying(now + durations.applyingParameters, { kind: 'parametersApplied' }),
    )
    return
  }
  for (const { name, from } of changes) {
    // A value that did not reach the database is replaced by one that may.
    const running = cluster.troubles?.get(name)?.running
    cluster.troubles?.delete(name)
    if (!cluster.pending.has(name)) cluster.pending.set(name, running ?? from)
  }
}

// Every parameter is listed as static; only properties inside the WLM configuration can take effect at once.
function isDynamic({ name, from, to }: Change): boolean {
  return name === 'wlm_json_configuration' && isDynamicWlmChange(from, to)
}
