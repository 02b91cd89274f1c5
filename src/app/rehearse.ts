// Rehearses a plan: applies it to a lab made of its inventory, undoes it there, and tells what became of each step.

import type { Connection } from '#aws/connection.ts'
import type { ApplyOutcome } from '#engine/apply.ts'
import type { UndoOutcome } from '#engine/undo.ts'
import type { Verification } from '#engine/verify.ts'
import { parseArn } from '#kit/arn.ts'
import type { Pace } from '#kit/pace.ts'
import { harmless } from '#kit/text.ts'
import { hour } from '#kit/time.ts'
import type { JournalEntry } from '#model/journal.ts'
import type { Plan } from '#model/plan.ts'
import { Problem } from '#model/problem.ts'
import { readJournal } from '#store/journals.ts'
import { type Attendance, apply, undo, usualPatience, verify } from './apply.ts'
import { type ImportedWorld, importWorld } from './imported/world.ts'
import { scanBehind } from './plans.ts'
import { laterOf } from './practices.ts'
import type { Workspace } from './workspace.ts'

/** What a rehearsal needs: a world to start a lab of, and the moment it is to begin at, that of the inventory. */
export type Stage = { world: ImportedWorld; left: string[]; madeAt: string }

/** What became of one step in the lab; times are virtual milliseconds. */
export type RehearsedStep = {
  id: string
  title: string
  /** `unserved`: the lab does not have the action, so nothing is said of it. */
  applied: 'inForce' | 'failed' | 'skipped' | 'unserved'
  why?: string
  took?: number
  /** Where it took longer than one run waits, how long that is: AWS goes on, and the plan has to be resumed. */
  stopsAfter?: number
  undone: 'undone' | 'kept' | 'failed' | 'notTaken'
  undoWhy?: string
}

/** What a rehearsal came to. It held when every step was in force, every finding closed, and all was taken back. */
export type Rehearsal = {
  steps: RehearsedStep[]
  /** The findings after the steps, when those that close only with time had it, and after the undo. */
  after: Verification
  /** How long they were given, in virtual milliseconds. */
  waited: number
  back: Verification | undefined
  left: string[]
}

/** The stage of a plan. Throws a Problem when the scan it was made from is not in this workspace. */
export async function stageOf(workspace: Workspace, plan: Plan): Promise<Stage> {
  const { folder, settings } = workspace
  const inventory = await scanBehind(workspace, plan)
  if (!inventory) {
    const what = `The scan that plan ${plan.id} was made from is not in ${harmless(folder)}.`
    throw new Problem('usage', what, 'Rehearse it in the workspace it was made in, or make a new plan.')
  }
  return { ...(await importWorld(inventory, settings.accounts)), madeAt: inventory.manifest.madeAt }
}

/** How the lab is reached, how time passes in it for who waits, and how it is let pass. */
export type Theatre = { connection: Connection; pace: Pace; pass(milliseconds: number): void }

/**
 * Plays a plan in a lab with a workspace of its own, so that the journal of the real one stays as it is. Findings that
 * close only later get the time for it.
 */
export async function rehearse(
  { folder, settings }: Workspace,
  { connection, pace, pass }: Theatre,
  plan: Plan,
  { world, left }: Stage,
  watch: Attendance['watch'],
): Promise<Rehearsal> {
  // An account that was not scanned is not in the lab.
  const accounts = settings.accounts.filter(({ role }) => world.accounts[parseArn(role)?.account ?? ''])
  const workspace = { folder, settings: { ...settings, accounts } }
  const attendance: Attendance = { approve: async () => true, watch, pace }
  const applied = await apply(workspace, connection, plan, { stage: false, resume: false }, attendance)
  if (!applied) throw new Error('a rehearsal asks nobody')
  const look = () => verify(workspace, connection, plan)
  const settled = await settle(applied.verification, pass, look)
  const wasTaken = applied.outcome.done.length > 0
  const back = wasTaken ? await undo(workspace, connection, plan, attendance) : undefined
  const journal = await readJournal(folder, plan.id)
  const steps = plan.steps.map(({ id, title }) => ({
    id,
    title,
    ...appliedAs(id, applied.outcome),
    ...tookOf(id, journal),
    ...undoneAs(id, back?.outcome),
  }))
  return { steps, ...settled, back: back?.verification, left }
}

// What AWS does by itself it does within the hour, or with the next snapshot: after a day nothing more is to come.
const patience = [hour, 8 * hour, 15 * hour]

/** Lets time pass while findings fail that close only later. */
async function settle(
  applied: Verification,
  pass: Theatre['pass'],
  look: () => Promise<Verification>,
): Promise<Pick<Rehearsal, 'after' | 'waited'>> {
  let [after, waited] = [applied, 0]
  for (const milliseconds of patience) {
    if (!after.findings.some(({ status, practice }) => status === 'fail' && laterOf(practice))) break
    pass(milliseconds)
    waited += milliseconds
    after = await look()
  }
  return { after, waited }
}

// How the lab says that it does not have an action or a member: src/lab/wire/unknown.ts, UnsupportedOperation.
const unserved = /\b(InvalidAction|UnknownOperationException|The lab does not model)\b/

function appliedAs(
  id: string,
  { done, failed, skipped }: ApplyOutcome,
): Pick<RehearsedStep, 'applied' | 'why'> {
  const failure = failed.find(({ step }) => step === id)
  if (failure) return { applied: unserved.test(failure.error) ? 'unserved' : 'failed', why: failure.error }
  if (done.includes(id)) return { applied: 'inForce' }
  return { applied: 'skipped', why: skipped.find(({ step }) => step === id)?.because ?? 'it was not reached' }
}

function undoneAs(id: string, outcome: UndoOutcome | undefined): Pick<RehearsedStep, 'undone' | 'undoWhy'> {
  if (outcome?.undone.includes(id)) return { undone: 'undone' }
  const kept = outcome?.kept.find(({ step }) => step === id)
  if (kept) return { undone: 'kept', undoWhy: kept.because }
  const failure = outcome?.failed.find(({ step }) => step === id)
  if (failure) return { undone: 'failed', undoWhy: failure.error }
  const skip = outcome?.skipped.find(({ step }) => step === id)
  return skip ? { undone: 'failed', undoWhy: skip.because } : { undone: 'notTaken' }
}

function tookOf(id: string, journal: readonly JournalEntry[]): Pick<RehearsedStep, 'took' | 'stopsAfter'> {
  const momentOf = (event: JournalEntry['event']) => {
    const entry = journal.find(
      (candidate) => candidate.event === event && 'step' in candidate && candidate.step === id,
    )
    return entry && Date.parse(entry.at)
  }
  const began = momentOf('calling')
  const ended = momentOf('inForce')
  if (began === undefined || ended === undefined) return {}
  // A run waits so long for AWS to take the call, and again for what comes of it.
  const called = momentOf('called') ?? ended
  const longest = Math.max(called - began, ended - called)
  return { took: ended - began, ...(longest > usualPatience && { stopsAfter: usualPatience }) }
}

/** Whether a plan may be trusted to do in earnest what it did in the lab. */
export function held({ steps, after, back }: Rehearsal): boolean {
  const isTaken = steps.every(({ applied }) => applied === 'inForce')
  const isBack = steps.every(({ undone }) => undone === 'undone' || undone === 'kept')
  const isPassed = after.findings.every(({ status }) => status === 'pass')
  const isClosed = isPassed && after.gone.length === 0 && (after.wish?.open.length ?? 0) === 0
  return isTaken && isBack && isClosed && back !== undefined
}
