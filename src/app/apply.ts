// Apply, verify, undo: the verbs that work on a plan, with its journal.

import type { Connection } from '#aws/connection.ts'
import type { Session } from '#aws/session.ts'
import { collectors } from '#collectors/index.ts'
import { type ApplyMode, type ApplyOutcome, apply as applySteps } from '#engine/apply.ts'
import { stateOf } from '#engine/journal-state.ts'
import type { StepDeps } from '#engine/take-step.ts'
import { stepsToUndo, type UndoMode, type UndoOutcome, undo as undoSteps } from '#engine/undo.ts'
import { type Verification, verify as verifyPlan } from '#engine/verify.ts'
import { interrupted, openWorld } from '#engine/world.ts'
import { type Pace, realTime } from '#kit/pace.ts'
import { minute } from '#kit/time.ts'
import type { JournalEntry } from '#model/journal.ts'
import { isReboot, type Plan } from '#model/plan.ts'
import { Problem } from '#model/problem.ts'
import { bound } from '#model/reference.ts'
import { openJournal, readJournal } from '#store/journals.ts'
import { connect } from './connect.ts'
import { scanBehind } from './plans.ts'
import { allPractices } from './practices.ts'
import type { Workspace } from './workspace.ts'

export type Watch = StepDeps['watch']

/** How a person is asked and told. */
export type Attendance = {
  /** Asked once before the first call; nothing is done unless it says yes. */
  approve(): Promise<boolean>
  watch: Watch
  /** How long to wait for AWS to finish one step, in milliseconds; as usual when absent. */
  patience?: number
  /** How time passes while it waits; by itself when absent. */
  pace?: Pace | undefined
}

/** So long does one run wait for a step. Those that take longer go on by themselves, and the next run waits on. */
export const usualPatience = 30 * minute

/** Applies a plan and verifies it. `outcome` is undefined when the person said no. */
export async function apply(
  workspace: Workspace,
  connection: Connection,
  plan: Plan,
  mode: ApplyMode,
  attendance: Attendance,
): Promise<{ outcome: ApplyOutcome; verification: Verification } | undefined> {
  const history = await readJournal(workspace.folder, plan.id)
  checkHistory(plan, history, mode)
  if (!(await attendance.approve())) return undefined
  return withSteps(workspace, connection, plan, attendance, async (deps, entries, session) => {
    const outcome = await applySteps(plan, entries, mode, deps)
    return { outcome, verification: await lookAgain(workspace, plan, session) }
  })
}

/** A plan is begun once; afterwards it is resumed, undone, or made anew. */
function checkHistory(plan: Plan, history: readonly JournalEntry[], { resume }: ApplyMode): void {
  const { begun, inForce, undoing } = stateOf(history)
  const open = plan.steps.some(({ id }) => !inForce.has(id))
  if (undoing.size > 0) {
    throw new Problem(
      'stale',
      `The undo of plan ${plan.id} has not ended.`,
      `Run "redoubt undo ${plan.id}" again.`,
    )
  }
  if (resume && history.length === 0) {
    throw new Problem('usage', `Plan ${plan.id} was never begun.`, 'Leave out --resume.')
  }
  if (begun.size + inForce.size === 0 || resume) return
  if (!open) {
    throw new Problem(
      'stale',
      `Plan ${plan.id} is applied already.`,
      `Look with "redoubt verify ${plan.id}".`,
    )
  }
  throw new Problem(
    'stale',
    `Plan ${plan.id} was begun and has not ended.`,
    'Continue it with --resume, or undo it.',
  )
}

/** Looks again at everything that a plan is to close. */
export async function verify(
  workspace: Workspace,
  connection: Connection,
  plan: Plan,
): Promise<Verification> {
  const session = await connectFor(workspace, connection, plan)
  try {
    return await lookAgain(workspace, plan, session)
  } finally {
    session.close()
  }
}

/** Verifies a plan with what its calls made, as its journal has it, in place of the placeholders. */
async function lookAgain(workspace: Workspace, plan: Plan, session: Session): Promise<Verification> {
  const { made } = stateOf(await readJournal(workspace.folder, plan.id))
  const steps = bound(plan.steps, made)
  const { manifest } = (await scanBehind(workspace, plan)) ?? {}
  const { caller, regions } = session
  const scanned = manifest ?? { caller, regions, interrupted: false }
  return verifyPlan({ ...plan, steps }, allPractices(), session, collectors, scanned)
}

/** Takes back what was applied and verifies. Undefined when the person said no. */
export async function undo(
  workspace: Workspace,
  connection: Connection,
  plan: Plan,
  attendance: Attendance,
  mode: UndoMode = {},
): Promise<{ outcome: UndoOutcome; verification: Verification } | undefined> {
  if (stepsToUndo(plan, await readJournal(workspace.folder, plan.id)).length === 0) {
    throw new Problem('usage', `Nothing of plan ${plan.id} is applied.`, 'There is nothing to undo.')
  }
  if (!(await attendance.approve())) return undefined
  return withSteps(workspace, connection, plan, attendance, async (deps, entries, session) => {
    const outcome = await undoSteps(plan, entries, mode, deps)
    return { outcome, verification: await lookAgain(workspace, plan, session) }
  })
}

/** The steps of a plan that are still to be taken, for a person to approve. */
export async function openSteps(
  workspace: Workspace,
  plan: Plan,
  { stage }: Pick<ApplyMode, 'stage'>,
): Promise<Plan['steps']> {
  const { inForce } = stateOf(await readJournal(workspace.folder, plan.id))
  return plan.steps.filter((step) => !inForce.has(step.id) && !(stage && isReboot(step)))
}

async function withSteps<R>(
  workspace: Workspace,
  connection: Connection,
  plan: Plan,
  { watch, patience = usualPatience, pace = realTime }: Attendance,
  work: (deps: StepDeps, history: JournalEntry[], session: Session) => Promise<R>,
): Promise<R> {
  const session = await connectFor(workspace, connection, plan)
  try {
    const journal = await openJournal(workspace.folder, plan.id)
    try {
      const deps: StepDeps = {
        session,
        world: openWorld(session, collectors, connection.signal),
        record: (entry) => journal.write({ at: session.now(), plan: plan.id, ...entry } as JournalEntry),
        watch,
        now: () => session.now(),
        pace: interruptible(pace, connection.signal),
        patience,
      }
      return await work(deps, await readJournal(workspace.folder, plan.id), session)
    } finally {
      await journal.close()
    }
  } finally {
    session.close()
  }
}

/** A plan says where it works: its regions stand in for the connection's. */
async function connectFor(workspace: Workspace, connection: Connection, plan: Plan): Promise<Session> {
  const regions = [...new Set(plan.steps.map(({ region }) => region))]
  return connect(workspace, {
    ...connection,
    allRegions: false,
    regions: regions.length > 0 ? regions : connection.regions,
  })
}

/** An interruption ends a wait at once, so that Ctrl-C is answered between two looks. */
function interruptible(pace: Pace, signal: AbortSignal | undefined): Pace {
  return {
    ...pace,
    sleep: (milliseconds) =>
      pace.sleep(milliseconds, signal).catch((error) => {
        throw signal?.aborted ? interrupted() : error
      }),
  }
}
