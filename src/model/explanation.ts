// Everything there is to say about a practice without looking at any resource: what `explain` and its page show.

import { type Call, permissionsOf, type ReadAction, type WriteAction } from './action.ts'
import { requirementsOf } from './control.ts'
import { needOf } from './fact.ts'
import { kinds } from './kinds.ts'
import { sourceOf } from './needs.ts'
import type { Impact } from './plan.ts'
import type {
  AnyPractice,
  Context,
  Draft,
  Example,
  Guide,
  Known,
  Setting,
  Steps,
  Verdict,
} from './practice.ts'
import { referencesIn } from './reference.ts'
import { type ResourceType, resourceFrom, resourceOf } from './resource.ts'
import { defaultPolicy } from './settings.ts'
import type { Severity } from './severity.ts'

/** A situation, and what the check of a practice says of it. */
export type ExampleVerdict = { situation: string; status: string; reason: string; message: string }

export type Explanation = {
  id: string
  title: string
  severity: Severity
  resource: ResourceType
  why: string
  whenNotTo: string
  /** All that it answers to, with what follows from Security Hub's controls: `nist-800-53-r5/SC-8`. */
  controls: readonly string[]
  references: readonly string[]
  /** The AWS calls whose answers it is judged by. */
  reads: ReadAction[]
  settings: Record<string, Setting>
  /** False where it must be switched on in redoubt.yaml first. */
  enabledByDefault: boolean
  guide: Guide
  /** What Redoubt can do about it, or null where only a person can. */
  remediation: {
    summary: string
    impact: Impact
    /** When the finding closes, where that is later than the steps are in force. */
    later?: string
    permissions: string[]
    undoPermissions: string[]
    /** The AWS calls that show the world before a step, and prove it afterwards. */
    proofs: ReadAction[]
  } | null
  examples: ExampleVerdict[]
}

/** Explains a practice. `now` is the moment its examples are judged for. */
export function explanationOf(practice: AnyPractice, now: string): Explanation {
  const { id, title, severity, resource, why, whenNotTo, controls, references, guide, remediation } = practice
  const drafts = draftsOf(practice, now)
  return {
    id,
    title,
    severity,
    resource,
    why,
    whenNotTo,
    controls: requirementsOf(controls),
    references,
    reads: readsOf(practice),
    settings: practice.settings ?? {},
    enabledByDefault: practice.enabledByDefault ?? true,
    guide,
    remediation: remediation
      ? {
          summary: remediation.summary,
          impact: remediation.impact,
          ...(remediation.later ? { later: remediation.later } : {}),
          ...needsOf(drafts),
        }
      : null,
    examples: (['pass', 'fail', 'manual'] as const).flatMap((kind) =>
      Object.entries<Example>(practice.examples[kind] ?? {}).map(([situation, example]) => {
        const { status, reason, message } = judgeExample(practice, example, now)
        return { situation, status, reason, message }
      }),
    ),
  }
}

/** The AWS calls whose answers a practice may look at. */
export function readsOf({ resource, needs }: AnyPractice): ReadAction[] {
  const type = resource as ResourceType
  const reads = (needs as readonly string[]).flatMap((need) => sourceOf(type, need)?.reads ?? [])
  return [...new Set([kinds[type].source, ...reads])]
}

/** An example as the check sees a resource, in an account and region that stand for any. */
export function knownOf(type: ResourceType, { facts, answers }: Example): Known<ResourceType, never> {
  const place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' }
  const told = { source: kinds[type].source, takenAt: '' }
  const { arn, name } = resourceFrom(type, place, told, facts as never)
  return { ...place, arn, name, facts, ...answers } as Known<ResourceType, never>
}

/** What the check says of an example. */
export function judgeExample(practice: AnyPractice, example: Example, now: string): Verdict {
  return practice.check(knownOf(practice.resource, example), contextOf(practice, example, now))
}

/** What the user decided in an example; the defaults, where it says nothing. */
export function contextOf(
  { settings = {} }: AnyPractice,
  { trustedAccounts = [], policy = {}, settings: chosen = {} }: Example,
  now: string,
): Context<Record<string, Setting>> {
  const values = Object.entries<Setting>(settings).map(([name, { default: value }]) => [name, value] as const)
  return {
    settings: { ...Object.fromEntries(values), ...chosen },
    policy: { ...defaultPolicy, trustedAccounts, ...policy },
    now,
  }
}

/** Everything its remediation would do to the examples that fail. */
export function draftsOf(practice: AnyPractice, now: string): Draft[] {
  return Object.values<Example>(practice.examples.fail).flatMap((example) => {
    const context = contextOf(practice, example, now)
    const known = knownOf(practice.resource, example)
    const steps: Steps = practice.remediation?.steps(known, context, practice.check(known, context)) ?? []
    return Array.isArray(steps) ? steps : []
  })
}

/** What drafts take: to be made, to be taken back, and to be proved. */
export function needsOf(drafts: readonly Draft[]): {
  permissions: string[]
  undoPermissions: string[]
  proofs: ReadAction[]
} {
  return {
    permissions: changePermissionsOf(drafts),
    undoPermissions: undoPermissionsOf(drafts),
    proofs: proofsOf(drafts),
  }
}

function changePermissionsOf(drafts: readonly Draft[]): string[] {
  return sorted(
    drafts.flatMap((draft) => ('reboot' in draft ? [rebootAction] : callPermissionsOf(draft.call))),
  )
}

// What was in force only after a restart is taken back by a restart too.
function undoPermissionsOf(drafts: readonly Draft[]): string[] {
  return sorted(
    drafts.flatMap((draft) => {
      if ('reboot' in draft) return [rebootAction]
      return 'call' in draft.undo ? callPermissionsOf(draft.undo.call) : []
    }),
  )
}

/** What the facts are read from that the steps move or rely on. */
function proofsOf(drafts: readonly Draft[]): ReadAction[] {
  const looks = drafts.flatMap((draft) =>
    'reboot' in draft
      ? [{ resource: draft.reboot, fact: 'exists' }]
      : [...draft.effects, ...(draft.assumes ?? [])],
  )
  const reads = looks.flatMap(({ resource, fact }) => {
    const type = resourceOf(resource)?.type ?? referencesIn(resource).map(({ path }) => madeAt[path])[0]
    if (!type) return []
    const { reads: own = [], from = [] } = sourceOf(type, needOf(fact, type)) ?? {}
    return [kinds[type].source, ...own, ...from.map((other) => kinds[other].source)]
  })
  return [...new Set(reads)].sort()
}

/** What has no ARN before it is made, by the member of the answer that tells it. */
const madeAt: Readonly<Record<string, ResourceType>> = {
  'KeyMetadata.Arn': 'kms:key',
  'snapshot.snapshotArn': 'redshift-serverless:snapshot',
}

/** A plan gathers the retentions of many snapshots in one call. */
function callPermissionsOf(call: Call): string[] {
  const gathered: WriteAction = 'redshift:BatchModifyClusterSnapshots'
  return [...permissionsOf(call), ...(call.action === 'redshift:ModifyClusterSnapshot' ? [gathered] : [])]
}

const rebootAction: WriteAction = 'redshift:RebootCluster'

function sorted(words: string[]): string[] {
  return [...new Set(words)].sort()
}
