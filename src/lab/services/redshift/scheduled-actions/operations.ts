// Scheduled actions: making, changing, deleting and listing them.

import type * as client from '@aws-sdk/client-redshift'
import {
  InvalidScheduledActionFault$,
  type ScheduledAction,
  ScheduledActionAlreadyExistsFault$,
  ScheduledActionNotFoundFault$,
  type ScheduledActionType,
  ScheduledActionTypeUnsupportedFault$,
} from '@aws-sdk/client-redshift'
import { parseArn } from '#kit/arn.ts'
import { demandPassRole } from '#lab/access.ts'
import type { Context, Region } from '#lab/state.ts'
import { common, fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { getCluster } from '../get-cluster.ts'
import { note, timeText } from '../lifecycle/events.ts'
import { pageOf } from '../page.ts'
import type { ScheduledActionRecord } from './model.ts'
import { planRun, scheduler } from './run.ts'
import { checkSchedule, nextRun, nextRuns } from './times.ts'

export const scheduledActionOperations = {
  CreateScheduledAction(input, context) {
    const { region } = context
    const all = region.redshift.extras.scheduledActions
    const name = input.ScheduledActionName
    // Wording of this file's faults: their descriptions.
    if (all.has(name)) throw fault(ScheduledActionAlreadyExistsFault$, 'The scheduled action already exists.')
    const action: ScheduledActionRecord = {
      name,
      target: input.TargetAction,
      schedule: input.Schedule,
      role: input.IamRole,
      description: input.ScheduledActionDescription,
      from: input.StartTime?.getTime(),
      to: input.EndTime?.getTime(),
      // Unverified: that one is active unless it says otherwise.
      enabled: input.Enable ?? true,
      version: 1,
    }
    check(action, context)
    all.set(name, action)
    tell('3614', action, context)
    return view(action, context.now)
  },

  ModifyScheduledAction(input, context) {
    const action = getAction(context.region, input.ScheduledActionName)
    const changed: ScheduledActionRecord = {
      ...action,
      target: input.TargetAction ?? action.target,
      schedule: input.Schedule ?? action.schedule,
      role: input.IamRole ?? action.role,
      description: input.ScheduledActionDescription ?? action.description,
      from: input.StartTime?.getTime() ?? action.from,
      to: input.EndTime?.getTime() ?? action.to,
      enabled: input.Enable ?? action.enabled,
      version: action.version + 1,
    }
    check(changed, context)
    context.region.redshift.extras.scheduledActions.set(action.name, changed)
    tell('3626', changed, context)
    return view(changed, context.now)
  },

  DeleteScheduledAction(input, { region, now }) {
    const { name } = getAction(region, input.ScheduledActionName)
    region.redshift.extras.scheduledActions.delete(name)
    note(region, { number: '3627', at: now, source: name })
    return {}
  },

  DescribeScheduledActions(input, { region, now }) {
    const { ScheduledActionName: name } = input
    const all = [...region.redshift.extras.scheduledActions.values()]
    const chosen =
      name === undefined ? all.filter((action) => isWanted(action, input, now)) : [getAction(region, name)]
    const { items, ...marker } = pageOf(chosen, (action) => [action.name], input)
    return { ScheduledActions: items.map((action) => view(action, now)), ...marker }
  },
} satisfies Operations<typeof client>

function getAction({ redshift }: Region, name: string): ScheduledActionRecord {
  const found = redshift.extras.scheduledActions.get(name)
  if (found) return found
  throw fault(ScheduledActionNotFoundFault$, 'The scheduled action cannot be found.')
}

/** The operation an action runs and its cluster, or AWS's refusal. */
export function targetOf(target: ScheduledActionType): { operation: string; cluster: string } {
  const named = Object.entries(target).filter(([, input]) => input !== undefined)
  const [first, ...others] = named
  if (!first || others.length > 0)
    throw fault(
      ScheduledActionTypeUnsupportedFault$,
      'The action type specified for a scheduled action is not supported.',
    )
  const [operation, input] = first
  return { operation, cluster: input.ClusterIdentifier ?? '' }
}

function check(action: ScheduledActionRecord, context: Context) {
  const { cluster } = targetOf(action.target)
  const { resource = '', service } = parseArn(action.role) ?? {}
  const isName = /^[A-Za-z][A-Za-z0-9-]{0,62}$/.test(action.name)
  const isRole = service === 'iam' && resource.startsWith('role/')
  const isPeriod = action.from === undefined || action.to === undefined || action.from < action.to
  // Unverified: the names that are allowed.
  if (!isName || !isRole || !isPeriod)
    throw fault(InvalidScheduledActionFault$, 'The scheduled action is not valid.')
  getCluster(context.region, cluster)
  checkSchedule(action.schedule, context.now)
  demandPassRole(context, action.role, scheduler)
}

function tell(number: '3614' | '3626', action: ScheduledActionRecord, { state, region, now }: Context) {
  const next = planRun(state, region, action, now)
  // Unverified: what is told where there is no first invocation.
  note(region, {
    ...{ number, at: now, source: action.name },
    words: { next: next === undefined ? 'none' : timeText(next) },
  })
}

type Wish = client.DescribeScheduledActionsMessage

function isWanted(action: ScheduledActionRecord, wish: Wish, now: number): boolean {
  const { operation, cluster } = targetOf(action.target)
  const { TargetActionType: type, Active, StartTime, EndTime, Filters = [] } = wish
  const next = action.enabled ? nextRun(action, Math.max(now, StartTime?.getTime() ?? 0)) : undefined
  const isInTime =
    (StartTime === undefined && EndTime === undefined) ||
    (next !== undefined && (EndTime === undefined || next < EndTime.getTime()))
  return (
    (type === undefined || type === operation) &&
    (Active === undefined || Active === action.enabled) &&
    isInTime &&
    Filters.every(({ Name, Values = [] }) => Values.includes(filtered(Name, cluster, action.role)))
  )
}

function filtered(name: string | undefined, cluster: string, role: string): string {
  if (name === 'cluster-identifier') return cluster
  if (name === 'iam-role') return role
  throw common('InvalidParameterValue', `Invalid filter: ${name}`)
}

// Unverified: how many invocations are told.
const told = 10

function view(action: ScheduledActionRecord, now: number): ScheduledAction {
  const { name, target, schedule, role, description, from, to, enabled } = action
  return {
    ...{ ScheduledActionName: name, TargetAction: target, Schedule: schedule, IamRole: role },
    ...(description !== undefined && { ScheduledActionDescription: description }),
    State: enabled ? 'ACTIVE' : 'DISABLED',
    NextInvocations: enabled ? nextRuns(action, now, told).map((moment) => new Date(moment)) : [],
    ...(from !== undefined && { StartTime: new Date(from) }),
    ...(to !== undefined && { EndTime: new Date(to) }),
  }
}
