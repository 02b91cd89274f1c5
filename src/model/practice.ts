// A practice: a wanted state with its check, its remediation and its examples, all in one value.

import type { Call } from './action.ts'
import type { Control } from './control.ts'
import type { Json } from './plain.ts'
import type { Assumption, Effect, Impact, Undo } from './plan.ts'
import type { Place, PolicyDocument, ResourceType, ResourceTypes } from './resource.ts'
import type { Policy, SettingValue } from './settings.ts'
import type { Severity } from './severity.ts'

/** Everything that can be known about a type beyond its facts: what was asked for it and what others tell. */
export type AnswersAbout<T extends ResourceType> = ResourceTypes[T]['asked'] & ResourceTypes[T]['joined']
export type NeedOf<T extends ResourceType> = keyof AnswersAbout<T> & string

/** A resource as a practice sees it: facts, and the answers it named under `needs`; no other is in reach. */
export type Known<T extends ResourceType, N extends NeedOf<T>> = Place & {
  arn: string
  name: string
  facts: ResourceTypes[T]['facts']
} & { readonly [K in N]: AnswersAbout<T>[K] }

/**
 * Something to tune: its default, which says what kind of value it takes, the unit of a number, its meaning, and the least
 * and the most that AWS takes of a number that is handed on to it.
 */
export type Setting = { default: SettingValue; unit?: string; about: string; least?: number; most?: number }

/** `7` → `number`: a setting takes any value of the kind of its default. */
type Widened<V> = V extends number
  ? number
  : V extends boolean
    ? boolean
    : V extends string
      ? string
      : readonly string[]
export type SettingValues<S> = {
  readonly [K in keyof S]: S[K] extends { default: infer V } ? Widened<V> : SettingValue
}

/** `14 days`, or `none` for an empty list. */
export function spokenDefault({ default: preset, unit }: Setting): string {
  const list = typeof preset === 'object' ? preset : [String(preset)]
  return [list.join(', ') || 'none', unit].filter(Boolean).join(' ')
}

/** What a check may look at besides the resource. `now` is AWS's clock when the inventory was taken. */
export type Context<S> = { settings: SettingValues<S>; policy: Policy; now: string }

/** A value and the answer it was read from: `facts`, or one of the needs. */
export type Said<N extends string = string> = { value: Json; from: N }

export type States<N extends string = string> = {
  configured?: Said<N | 'facts'>
  inForce?: Said<N | 'facts'>
  observed?: Said<N | 'facts'>
}

/** What a check answers. Reasons are short, stable words; messages complete a sentence that begins with the resource. */
export type Verdict<N extends string = string> = {
  status: 'pass' | 'fail' | 'unknown' | 'manual'
  reason: string
  message: string
} & States<N>

type Judge = <N extends string = never>(reason: string, message: string, states?: States<N>) => Verdict<N>

/** The resource is as wanted. */
export const pass: Judge = (reason, message, states) => ({ status: 'pass', reason, message, ...states })
/** The resource is not as wanted. */
export const fail: Judge = (reason, message, states) => ({ status: 'fail', reason, message, ...states })
/** AWS answered, but the answer does not tell. A refused answer needs no word of the practice: reading it is enough. */
export const unknown: Judge = (reason, message, states) => ({ status: 'unknown', reason, message, ...states })
/** A person must judge. @public */
export const manual: Judge = (reason, message, states) => ({ status: 'manual', reason, message, ...states })

/** A value and where it was read. */
export function said<N extends string>(value: Json, from: N): Said<N> {
  return { value, from }
}

/**
 * For a call that replaces a document as a whole: how the document is changed, and the call that writes it. What several
 * practices change of one document becomes one call that holds it all. `edit` changes nothing that is as it wants it.
 */
export type Rewriting = {
  edit(document: PolicyDocument): PolicyDocument
  write(document: PolicyDocument): Call
}

/** One AWS call of a remediation. Restarts are not written here: `reboot` asks for one, the plan merges them. */
export type ChangeDraft = {
  title: string
  /** The account to call in, where it is not that of the finding: the bucket that logs of another account go to. */
  account?: string
  /** The region to call in, where it is not that of the finding: a copy grant is made where the copies go. */
  region?: string
  /**
   * A name for what the call makes, so that later drafts of the same remediation can use it: `madeBy(label, path)` of
   * `model/reference.ts` stands for a member of its answer.
   */
  label?: string
  call: Call
  effects: Effect[]
  /** Its one effect is then that of the document. */
  rewrites?: Rewriting
  /** Where to click instead, from the console's start page. */
  console: string
  impact: Impact
  /** The moment at which data is deleted as a consequence, if any. */
  deletesDataAt?: string
  /** How far off that must be when the call is made, at the least. */
  graceDays?: number
  /** What else a person should know before approving, such as other clusters that share a parameter group. */
  notes?: string[]
  undo: Undo
  /** Facts that the change relies on and does not move, besides that the resource is still the same one. */
  assumes?: Assumption[]
}

/**
 * A wish for a restart of a cluster: the names of the parameters and modifications it is to bring in force, those that
 * the plan's own calls leave pending besides, and whether taking it all back needs a restart too.
 */
export type RebootDraft = {
  reboot: string
  brings: string[]
  alsoPending: string[]
  undo: 'reboot' | { none: string }
}

export type Draft = ChangeDraft | RebootDraft

/** The calls of a remediation in order, or the reason why no call can do it here. */
export type Steps = Draft[] | { none: string }

/** A restart of a cluster. All wishes for one cluster become one step at the end of the plan. */
export function reboot(
  cluster: string,
  brings: string[],
  { undo = 'reboot', alsoPending = [] }: Partial<Pick<RebootDraft, 'undo' | 'alsoPending'>> = {},
): RebootDraft {
  return { reboot: cluster, brings, alsoPending, undo }
}

export type Remediation<T extends ResourceType, N extends NeedOf<T>, S> = {
  summary: string
  /** The worst that any of its steps may do. */
  impact: Impact
  /** When the finding closes, where that is later than the steps are in force; a whole sentence. */
  later?: string
  /** A pure function from the failing resource to the calls that mend it, in order. */
  steps(resource: Known<T, N>, context: Context<S>, finding: { reason: string }): Steps
  /**
   * The reason why this resource is only planned for when a person names it, or undefined. It is asked before `steps`,
   * and its sentence ends in how to name it.
   */
  hold?(resource: Known<T, N>, context: Context<S>, finding: { reason: string }): string | undefined
}

/** How a person does it without Redoubt: AWS CLI lines and console steps, from a page read on a day. */
export type HowTo = { cli: string[]; console: string[] }
export type Guide = { check: HowTo; change: HowTo; source: string; readOn: string }

/**
 * A resource in a situation: its facts, the answers about it, and the reason its check must give. Examples are tests
 * and documentation; the builders in `practices/examples.ts` fill in what does not matter.
 */
export type Example<T extends ResourceType = ResourceType> = {
  facts: ResourceTypes[T]['facts']
  answers: { [K in NeedOf<T>]?: AnswersAbout<T>[K] }
  /** Whom the user trusts; nobody when absent. */
  trustedAccounts?: readonly string[]
  /** What else the user decided. */
  policy?: Partial<Policy>
  /** Settings of the practice that are not the default. */
  settings?: Readonly<Record<string, SettingValue>>
  reason: string
}

export type Practice<
  T extends ResourceType = ResourceType,
  N extends NeedOf<T> = NeedOf<T>,
  S extends Record<string, Setting> = Record<string, Setting>,
> = {
  /** The file's name. */
  id: string
  /** The wanted state, in the present tense: "Clusters keep an audit log". */
  title: string
  severity: Severity
  /** The type it judges, one resource at a time. */
  resource: T
  /** The answers beyond the facts that the check or the remediation may read. */
  needs: readonly N[]
  /** Requirements of other catalogues: `security-hub/Redshift.2`. What Security Hub relates to it follows by itself. */
  controls: readonly Control[]
  references: readonly string[]
  why: string
  whenNotTo: string
  guide: Guide
  /** Any name but `enabled`, which every practice has. */
  settings?: S
  /** For what only some want judged: it is off until `enabled: true` in redoubt.yaml. */
  enabledByDefault?: false
  /** False where the user decided nothing that it could hold a resource to; it then yields no finding at all. */
  asks?(policy: Policy): boolean
  /** False for a resource of the type that the practice says nothing about; it then yields no finding. */
  concerns?(facts: ResourceTypes[T]['facts'], place: Place): boolean
  check(resource: Known<T, N>, context: Context<S>): Verdict<N>
  /** Left out where only a person can decide. */
  remediation?: Remediation<T, N, S>
  examples: {
    pass: Record<string, Example<T>>
    fail: Record<string, Example<T>>
    /** Situations that a person must judge. */
    manual?: Record<string, Example<T>>
  }
}

/** Any practice, for those who hold many. */
// biome-ignore lint/suspicious/noExplicitAny: the members are typed where they are defined
export type AnyPractice = Practice<any, any, any>

/** Defines a practice. Needs, settings and facts are typed from what it says; a misspelt one does not compile. */
export function definePractice<
  T extends ResourceType,
  const N extends NeedOf<T>,
  S extends Record<string, Setting> = Record<never, Setting>,
>(practice: Practice<T, N, S>): Practice<T, N, S> {
  return practice
}
