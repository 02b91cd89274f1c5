// Runs scheduled actions when they are due: as their role, with its permissions, leaving an event of how it went.

import type { ScheduledActionType } from '@aws-sdk/client-redshift'
import { mayDo, serviceMay } from '#lab/access.ts'
import { schedule, type TaskHandler } from '#lab/agenda.ts'
import { newUuid } from '#lab/ids.ts'
import { recordCall } from '#lab/services/cloudtrail/record.ts'
import type { Role } from '#lab/services/iam/model.ts'
import { stsArn } from '#lab/services/sts/sessions.ts'
import type { Context, Principal, Region, State } from '#lab/state.ts'
import { AwsError, common } from '#lab/wire/errors.ts'
import { accessTo } from '../arns.ts'
import { note, timeText } from '../lifecycle/events.ts'
import { pauseOperations } from '../lifecycle/pause.ts'
import { resizeOperations } from '../lifecycle/resize.ts'
import type { ScheduledActionRecord } from './model.ts'
import { nextRun } from './times.ts'

/** Who assumes the role (API, ScheduledAction). */
export const scheduler = 'scheduler.redshift.amazonaws.com'

/** Puts the next run of an action on the agenda, and tells when it is. */
export function planRun(state: State, region: Region, action: ScheduledActionRecord, now: number) {
  const next = action.enabled ? nextRun(action, now) : undefined
  if (next !== undefined)
    schedule(state, next, 'redshift:scheduled-action', region, `${action.version} ${action.name}`)
  return next
}

/** An action is due. */
export const runScheduled: TaskHandler = (subject, { state, region, now }) => {
  const [version, name = ''] = subject.split(/ (.*)/)
  const action = region.redshift.extras.scheduledActions.get(name)
  if (!action || String(action.version) !== version || !action.enabled) return
  const succeeded = attempt(state, region, action, now)
  note(region, { number: succeeded ? '3616' : '3628', at: now, source: name })
  const next = planRun(state, region, action, now)
  if (next !== undefined)
    note(region, { number: '3615', at: now, source: name, words: { next: timeText(next) } })
}

type Wanted = { operation: string; input: object; run(context: Context): object }

function attempt(
  state: State,
  region: Region,
  { target, role: arn }: ScheduledActionRecord,
  now: number,
): boolean {
  const wanted = wantedOf(target)
  const role = [...region.account.iam.roles.values()].find((one) => one.arn === arn)
  if (!wanted || !role || !trustsScheduler(role, region)) return false
  const principal = sessionOf(role, region, now)
  const requestId = newUuid(state)
  const context = { state, principal, account: region.account, region, now, speed: 1, requestId }
  const call = {
    ...{ service: 'redshift', action: wanted.operation, dialect: 'query' as const, input: wanted.input },
    // Unverified: how CloudTrail names the scheduler.
    ...{ region: region.name, now, requestId, principal, agent: scheduler },
  }
  try {
    demandAll(wanted, context)
    recordCall(state, { ...call, output: wanted.run(context) })
    return true
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    recordCall(state, { ...call, error })
    return false
  }
}

function wantedOf({ PauseCluster, ResumeCluster, ResizeCluster }: ScheduledActionType): Wanted | undefined {
  if (PauseCluster) {
    const input = { ...PauseCluster, ClusterIdentifier: PauseCluster.ClusterIdentifier ?? '' }
    return {
      operation: 'PauseCluster',
      input,
      run: (context) => pauseOperations.PauseCluster(input, context),
    }
  }
  if (ResumeCluster) {
    const input = { ...ResumeCluster, ClusterIdentifier: ResumeCluster.ClusterIdentifier ?? '' }
    return {
      operation: 'ResumeCluster',
      input,
      run: (context) => pauseOperations.ResumeCluster(input, context),
    }
  }
  if (ResizeCluster) {
    const input = { ...ResizeCluster, ClusterIdentifier: ResizeCluster.ClusterIdentifier ?? '' }
    return {
      operation: 'ResizeCluster',
      input,
      run: (context) => resizeOperations.ResizeCluster(input, context),
    }
  }
  return undefined
}

function trustsScheduler({ arn, trust }: Role, { account }: Region): boolean {
  const policy = { document: trust.document, kind: 'trust' as const }
  return serviceMay(scheduler, {
    action: 'sts:AssumeRole',
    resource: arn,
    resourceAccount: account.id,
    policy,
  })
}

function demandAll({ operation, input }: Wanted, context: Context) {
  for (const access of accessTo(operation, { ...input }, context)) {
    if (mayDo(context, access).allowed) continue
    const sentence = `User: ${context.principal.arn} is not authorized to perform: ${access.action} on resource: ${access.resource}`
    throw common('AccessDenied', sentence)
  }
}

// Credentials that nobody is ever given.
function sessionOf(role: Role, { account }: Region, now: number): Principal {
  const name = 'RedshiftScheduler'
  return {
    ...{ accessKeyId: '', secret: '', sessionToken: '', expiresAt: now, isActive: true, created: now },
    ...{ account, arn: stsArn(account, `assumed-role/${role.name}/${name}`), userId: `${role.id}:${name}` },
    ...{ denied: role.denied, identity: role },
    session: { kind: 'role', policies: [], tags: new Map(), transitive: [], mfa: false, issuedAt: now },
  }
}
