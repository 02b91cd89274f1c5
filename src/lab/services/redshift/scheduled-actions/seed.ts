// Scheduled actions of a world.

import { type ScheduledAction, ScheduledAction$ } from '@aws-sdk/client-redshift'
import type { Region, State } from '#lab/state.ts'
import { AwsError } from '#lab/wire/errors.ts'
import { readPlain } from '#lab/wire/plain.ts'
import type { Seed } from '#lab/world.ts'
import type { ScheduledActionRecord } from './model.ts'
import { targetOf } from './operations.ts'
import { planRun } from './run.ts'
import { checkSchedule } from './times.ts'

/** A scheduled action, as DescribeScheduledActions shows it but for its invocations. */
export type ScheduledActionSeed = Seed<Omit<ScheduledAction, 'NextInvocations'>> & {
  ScheduledActionName: string
}

/** Makes a scheduled action and puts its first run on the agenda. */
export function seedScheduledAction(
  state: State,
  region: Region,
  seed: ScheduledActionSeed,
  now: number,
): ScheduledActionRecord {
  const name = seed.ScheduledActionName
  const where = `the scheduled action ${name}`
  if (Object.hasOwn(seed, 'NextInvocations'))
    throw new Error(`${where} cannot say NextInvocations: it is worked out`)
  const given = readPlain<ScheduledAction>(ScheduledAction$, seed, now, where)
  const action: ScheduledActionRecord = {
    ...{ name, target: given.TargetAction ?? {}, schedule: given.Schedule ?? '', role: given.IamRole ?? '' },
    description: given.ScheduledActionDescription,
    from: given.StartTime?.getTime(),
    to: given.EndTime?.getTime(),
    enabled: given.State !== 'DISABLED',
    version: 1,
  }
  try {
    targetOf(action.target)
    checkSchedule(action.schedule, now)
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    throw new Error(`${where} is one that AWS refuses: ${error.message}`)
  }
  planRun(state, region, action, now)
  return action
}
