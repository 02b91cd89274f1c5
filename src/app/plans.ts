// Plans: made from the newest assessment, saved, and loaded only when they are whole.

import { firstMendable } from '#engine/mendable.ts'
import { isUntouched, makePlan as makePlanFrom } from '#engine/plan.ts'
import { harmless } from '#kit/text.ts'
import { iso } from '#kit/time.ts'
import type { KeptAssessment } from '#model/assessment.ts'
import { type Finding, printOf } from '#model/finding.ts'
import type { Inventory } from '#model/inventory.ts'
import type { Impact, Plan } from '#model/plan.ts'
import type { AnyPractice } from '#model/practice.ts'
import { Problem } from '#model/problem.ts'
import { resourceOf } from '#model/resource.ts'
import type { Settings } from '#model/settings.ts'
import { assessmentIds, openAssessment } from '#store/assessments.ts'
import { readDocument, saveDocument } from '#store/documents.ts'
import { writeWhole } from '#store/folder.ts'
import { openInventory } from '#store/inventories.ts'
import { namedIn } from './named.ts'
import { allPractices, choosePractices } from './practices.ts'
import type { Workspace } from './workspace.ts'

export type PlanWishes = {
  practices?: readonly string[]
  /** ARNs, ends of ARNs, or names. */
  resources?: readonly string[]
  maxImpact?: Impact
  splitGroups?: boolean
  /** Where to write the plan besides the workspace. */
  out?: string
}

/** The newest assessment of a workspace with its inventory. Throws a Problem when nothing was scanned yet. */
export async function newest(
  workspace: Workspace,
): Promise<{ assessment: KeptAssessment; inventory: Inventory }> {
  const id = (await assessmentIds(workspace.folder)).at(-1)
  if (!id) {
    const what = `Nothing was scanned yet in ${harmless(workspace.folder)}.`
    throw new Problem('usage', what, 'Run "redoubt scan" first.')
  }
  const assessment = await openAssessment(workspace.folder, id)
  if (!assessment) {
    const what = `${harmless(workspace.folder)}/assessments/${id} is no assessment of this version.`
    throw new Problem('environment', what, 'Remove it, or run "redoubt scan" again.')
  }
  const inventory = await openInventory(workspace.folder, assessment.madeFrom.id)
  if (!inventory) {
    const what = `The inventory ${assessment.madeFrom.id} of the newest assessment is gone.`
    throw new Problem('environment', what, 'Run "redoubt scan" again.')
  }
  return { assessment, inventory }
}

/** The inventory that a plan was made from, where it is still in the workspace. */
export async function scanBehind({ folder }: Workspace, plan: Plan): Promise<Inventory | undefined> {
  const assessment = await openAssessment(folder, plan.madeFrom.id)
  return assessment && (await openInventory(folder, assessment.madeFrom.id))
}

/** The practice of the first of some findings of the newest scan that a plan would have a step for. */
export async function mendable(
  workspace: Workspace,
  findings: readonly Finding[],
  resources?: readonly string[],
): Promise<string | undefined> {
  const { assessment, inventory } = await newest(workspace)
  const options = { resources, now: assessment.madeAt, madeOn: Date.now() }
  return firstMendable(findings, inventory, allPractices(), workspace.settings, options)
}

/** What of that which a plan was to close is not known. */
export type PlanBasis = {
  /** Findings that could not be judged, so that nothing is planned for them, and the permissions they lack. */
  unknown: number
  missing: string[]
  /** The scan was stopped: there may be more than it saw. */
  interrupted: boolean
}

/** The options by which another scan looks where an earlier one did: into the same regions, and over the same logs. */
export type ScanAgain = { allRegions?: true; region?: string[]; readLogs?: number }

export function scanAgainAs(inventory: Inventory | undefined, { settings }: Workspace): ScanAgain {
  const days = inventory?.manifest.readLogs?.days
  const isUsual = days === undefined || days === settings.readLogs?.days
  return { ...sameRegionsAs(inventory, settings), ...(!isUsual && { readLogs: days }) }
}

/** None where the settings name these regions, or no option of that scan did. */
function sameRegionsAs(inventory: Inventory | undefined, { regions: usual }: Settings): ScanAgain {
  const { regionsBy, regions = [] } = inventory?.manifest ?? {}
  if (regionsBy === 'allRegions') return { allRegions: true }
  const areUsual = regions.length === usual.length && regions.every((region) => usual.includes(region))
  return regionsBy === undefined || areUsual ? {} : { region: regions }
}

/** A plan with its path, what it rests on, the ARNs of the resources that were named, and how to scan again. */
export type Planned = {
  plan: Plan
  file: string
  basis: PlanBasis
  resources: readonly string[]
  scanAgain: ScanAgain
}

/** Makes a plan from the newest assessment and saves it. */
export async function makePlan(workspace: Workspace, wishes: PlanWishes): Promise<Planned> {
  const practices = choosePractices(workspace.settings, wishes.practices)
  const { assessment, inventory } = await newest(workspace)
  const resources =
    wishes.resources && (await Promise.all(wishes.resources.map((word) => arnOf(word, inventory))))
  const basis = await basisOf(assessment, practices, resources)
  // Dates count from AWS's clock at the scan, or from now if that is later: a plan may be made days after its scan.
  const now = laterOf(assessment.madeAt, iso(new Date()))
  const plan = await makePlanFrom(assessment, inventory, practices, workspace.settings, {
    resources,
    maxImpact: wishes.maxImpact,
    splitGroups: wishes.splitGroups,
    now,
    madeOn: Date.now(),
  })
  const file = await saveDocument(workspace.folder, 'plans', plan)
  if (wishes.out) await writeWhole(wishes.out, `${JSON.stringify(plan, null, 2)}\n`)
  const scanAgain = scanAgainAs(inventory, workspace)
  return { plan, file: wishes.out ?? file, basis, resources: resources ?? [], scanAgain }
}

/** The ARN that a word for a resource means; findings tell of ARNs that no inventory has, of what could not be listed. */
async function arnOf(word: string, inventory: Inventory): Promise<string> {
  if (word.startsWith('arn:')) return word
  const [{ resource }] = await namedIn(inventory, word)
  return resource.arn
}

/** Throws a Problem when a resource is wished for that the assessment does not know. */
async function basisOf(
  { findings, interrupted }: KeptAssessment,
  practices: readonly AnyPractice[],
  resources: readonly string[] | undefined,
): Promise<PlanBasis> {
  const ids = new Set(practices.map(({ id }) => id))
  const unseen = new Set(resources)
  const missing = new Set<string>()
  let unknown = 0
  const wanted = findings(({ status }) => status === 'unknown' || unseen.size > 0)
  for await (const { practice, resource, status, permission, suppression } of wanted) {
    unseen.delete(resource)
    if (
      status !== 'unknown' ||
      suppression ||
      !ids.has(practice) ||
      (resources && !resources.includes(resource))
    )
      continue
    unknown++
    if (permission) missing.add(permission)
  }
  const [unmet] = unseen
  if (unmet !== undefined) {
    const what = `The newest assessment has no finding on ${harmless(unmet)}.`
    throw new Problem('usage', what, 'Name one as "redoubt scan -o json" writes it, or by its name.')
  }
  return { unknown, missing: [...missing].sort(), interrupted }
}

/** The later of two moments. */
export function laterOf(a: string, b: string): string {
  return Date.parse(a) > Date.parse(b) ? a : b
}

/** Loads a plan by path or id. Throws a Problem when there is none, or it is not what Redoubt wrote. */
export async function loadPlan(workspace: Workspace, idOrPath: string): Promise<Plan> {
  const document = (await readDocument(workspace.folder, 'plans', idOrPath)) as Partial<Plan> | undefined
  const name = harmless(idOrPath)
  if (document === undefined || document === null || typeof document !== 'object') {
    throw new Problem(
      'usage',
      `There is no plan ${name}.`,
      'Make one with "redoubt plan", or correct the path.',
    )
  }
  if (document.schema !== 'redoubt.plan/1') {
    const what = `${name} has the schema "${harmless(String(document.schema))}"; this version applies redoubt.plan/1.`
    throw new Problem('stale', what, 'Make a new plan with this version.')
  }
  if (!isUntouched(document as Plan)) {
    throw new Problem(
      'stale',
      `${name} was changed after it was made: its hash does not fit.`,
      'Make a new plan.',
    )
  }
  await checkShape(document, name)
  checkClosings(document as Plan, name)
  return document as Plan
}

/** What cannot be looked at again afterwards must not be begun. */
function checkClosings({ steps }: Plan, name: string): void {
  const known = new Set(allPractices().map(({ id }) => id))
  for (const text of steps.flatMap(({ closes }) => closes)) {
    const print = printOf(text)
    if (print && known.has(print.practice) && resourceOf(print.resource)) continue
    const what = `${name} closes "${harmless(text)}", which this version cannot judge.`
    throw new Problem('stale', what, 'Make a new plan with this version.')
  }
}

/** A hash is no signature: who forges a plan can give it one. Whatever it says, it can only call what plans may call. */
async function checkShape(document: unknown, name: string): Promise<void> {
  const { planSchema } = await import('#model/schema.ts')
  const { error } = planSchema.safeParse(document)
  const [issue] = error?.issues ?? []
  if (!issue) return
  const what = `${name} is no plan of this version: ${harmless(`${issue.path.join('.')}: ${issue.message}`)}.`
  throw new Problem('stale', what, 'Make a new plan with this version.')
}
