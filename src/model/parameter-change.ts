// Switching a parameter of a cluster on: in the group that it has, or in a new one where that is a default group, and by
// a restart, since it is static.

import { call } from './action.ts'
import {
  groupAttached,
  groupCreated,
  groupFilled,
  ownGroupName,
  parameterPath,
  userValues,
  waitsForReboot,
} from './own-group.ts'
import { booleanState, type ParameterState, standingOf } from './parameter.ts'
import { type Draft, type Known, reboot, type Steps } from './practice.ts'
import { arnOf, type ParameterGroupInUse } from './resource.ts'

type Subject = Known<'redshift:cluster', 'parameters' | 'parameterGroups'>

/** A boolean parameter that is to be true, and the words for that: `Require TLS`. */
export type Switch = { parameter: string; words: string }

/** Two practices wish for it, and one plan sets it once. */
export const requireTls: Switch = { parameter: 'require_ssl', words: 'Require TLS' }

/** The steps to parameters that are all true and in force; the first for which there are none says why. */
export function switchAllOn(subject: Subject, all: readonly Switch[]): Steps {
  const drafts: Draft[] = []
  for (const wanted of all) {
    const steps = switchOn(subject, wanted)
    if ('none' in steps) return steps
    drafts.push(...steps)
  }
  return drafts
}

/** The steps to a parameter that is true and in force; none where it is so already. */
export function switchOn(subject: Subject, wanted: Switch): Steps {
  const { parameter } = wanted
  const state = booleanState(parameter, subject.facts, subject.parameters)
  const group = subject.parameters.find(({ name }) => name === state?.group)
  if (!state || !group) return { none: `no parameter group of the cluster names ${parameter}` }
  const reason = standingOf(state)
  if (reason === 'in-force') return []
  if (reason === 'pending-reboot') {
    const undo = { none: 'what it applies was asked for before this plan' }
    return [reboot(subject.arn, [parameter], { undo })]
  }
  if (reason !== 'off' && reason !== 'opens-at-reboot') {
    return { none: `AWS says ${reason} of ${parameter}: no restart is known to help while it does` }
  }
  // It is still in force while false waits for a restart: set back without one, it is again as it was.
  const back = { none: 'set back, the value waits for the next restart, as it did before' }
  const undo = reason === 'off' ? 'reboot' : back
  if (!group.name.startsWith('default.')) {
    if (!group.clusters) return { none: 'not all clusters could be listed, and others may share its group' }
    return [setInGroup(subject, wanted, group, state), reboot(subject.arn, [parameter], { undo })]
  }
  const family = familyOf(subject, group)
  // A group of another family would be refused, or worse, taken.
  if (!family) return { none: `AWS does not tell the family of ${group.name}` }
  const everything = group.parameters.map(({ ParameterName = '' }) => ParameterName)
  const restart = reboot(subject.arn, [parameter], { undo, alsoPending: everything })
  return [...moveToOwnGroup(subject, wanted, group, family), restart]
}

/** The cluster has a group of its own making: one value in it changes. */
function setInGroup(
  subject: Subject,
  { parameter, words }: Switch,
  group: ParameterGroupInUse,
  state: ParameterState,
): Draft {
  const others = (group.clusters ?? []).filter((name) => name !== subject.name)
  const value = (ParameterValue: string) =>
    call('redshift:ModifyClusterParameterGroup', {
      ParameterGroupName: group.name,
      Parameters: [{ ParameterName: parameter, ParameterValue }],
    })
  return {
    title: `${words} in parameter group ${group.name}`,
    call: value('true'),
    effects: [
      {
        resource: arnOf('redshift:parameter-group', subject, group.name),
        fact: `parameters.${parameter}`,
        before: state.configured,
        after: 'true',
      },
      // Set back to what still runs, a value may or may not wait for a restart: AWS does not say.
      ...(state.status === 'in-sync' ? [waitsForReboot(subject)] : []),
    ],
    console: `${parameterPath} › ${group.name} › Parameters › Edit parameters › ${parameter}: true`,
    impact: 'none',
    notes:
      others.length > 0
        ? [`also changes ${others.join(', ')} at their next reboot: they share the group`]
        : [],
    undo: {
      call: value('false'),
      console: `${parameterPath} › ${group.name} › Parameters › Edit parameters › ${parameter}: false`,
    },
  }
}

function familyOf({ parameterGroups }: Subject, { name }: ParameterGroupInUse): string | undefined {
  return parameterGroups.find(({ ParameterGroupName }) => ParameterGroupName === name)?.ParameterGroupFamily
}

/** A default group cannot be modified: a new one of the same family takes its values, and its place. */
function moveToOwnGroup(
  subject: Subject,
  { parameter, words }: Switch,
  old: ParameterGroupInUse,
  family: string,
): Draft[] {
  const taken = new Set(subject.parameterGroups.map(({ ParameterGroupName }) => ParameterGroupName))
  const name = ownGroupName(subject.name, (one) => taken.has(one))
  const arn = arnOf('redshift:parameter-group', subject, name)
  // The same for every switch: two of them make one group.
  const description = `${old.name} of cluster ${subject.name}, to be changed`
  const kept = userValues(old.parameters).filter(({ ParameterName }) => ParameterName !== parameter)
  return [
    groupCreated({ name, arn, family, description }),
    groupFilled({ name, arn }, [...kept, { ParameterName: parameter, ParameterValue: 'true' }], {
      title: `${words} in parameter group ${name}`,
      console: `${parameterPath} › ${name} › Parameters › Edit parameters › ${parameter}: true`,
    }),
    groupAttached(subject, { from: old.name, to: name, before: [old.name], impact: 'none' }),
  ]
}
