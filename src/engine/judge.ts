// Judging one resource by one practice. Reading an answer that AWS refused ends here, in `unknown`, and nowhere else.

import { permissionOf, type ReadAction } from '#model/action.ts'
import type { Evidence, Finding, State } from '#model/finding.ts'
import type { Answers } from '#model/joined.ts'
import { GapRead } from '#model/missing.ts'
import type { AnyPractice, Context, Said, Setting, Verdict } from '#model/practice.ts'
import {
  type Answer,
  type Gap,
  isGap,
  notCollected,
  nounOf,
  type Place,
  type Resource,
} from '#model/resource.ts'
import { policyOf, type Settings } from '#model/settings.ts'

/** The settings of a practice, its defaults overridden by the user's. */
export function contextFor(
  practice: AnyPractice,
  settings: Settings,
  now: string,
): Context<Record<string, unknown>> {
  const own = settings.practices[practice.id] ?? {}
  const defaults = Object.entries<Setting>(practice.settings ?? {})
  const values = defaults.map(([name, setting]) => [name, own[name] ?? setting.default])
  return { settings: Object.fromEntries(values), policy: policyOf(settings), now }
}

type Read = { need: string; answer: Answer<unknown> }

/** A resource as a practice may see it. What it reads besides the facts is remembered. */
class View {
  readonly #subject: Omit<Subject, 'practice'>
  readonly #read: Read[] = []

  constructor(subject: Omit<Subject, 'practice'>) {
    this.#subject = subject
  }

  get partition() {
    return this.#subject.place.partition
  }

  get account() {
    return this.#subject.place.account
  }

  get region() {
    return this.#subject.place.region
  }

  get arn() {
    return this.#subject.resource.arn
  }

  get name() {
    return this.#subject.resource.name
  }

  get facts() {
    return this.#subject.resource.facts
  }

  static readBy(view: View): readonly Read[] {
    return view.#read
  }

  static answer(view: View, need: string): unknown {
    const { answers, resource } = view.#subject
    const answer = answers(resource, need)
    view.#read.push({ need, answer })
    if (isGap(answer)) throw new GapRead(answer)
    return answer.value
  }
}

const views = new WeakMap<AnyPractice, typeof View>()

/** The view of one practice: its needs are getters, defined once and not anew for each of a million resources. */
function viewOf(practice: AnyPractice): typeof View {
  const known = views.get(practice)
  if (known) return known
  const Own = class extends View {}
  for (const need of practice.needs as readonly string[]) {
    Object.defineProperty(Own.prototype, need, {
      get(this: View) {
        return View.answer(this, need)
      },
    })
  }
  views.set(practice, Own)
  return Own
}

/** True when the practice has something to say about the resource. */
export function concerns(practice: AnyPractice, resource: Resource, place: Place): boolean {
  return practice.resource === resource.type && practice.concerns?.(resource.facts, place) !== false
}

type Subject = { practice: AnyPractice; resource: Resource; place: Place; answers: Answers }

/** The finding of a practice on a resource that it concerns. */
export function judge(subject: Subject, context: Context<never>): Finding {
  const { practice, resource } = subject
  const view = new (viewOf(practice))(subject)
  const said = verdictOf(practice, view, context)
  const gap = said instanceof GapRead ? unknownFrom(said.gap) : undefined
  // A verdict that was reached without an answer does not rest on it.
  const read = View.readBy(view).filter(({ answer }) => gap || !isGap(answer))
  const { status, reason, message, configured, inForce, observed } = gap ?? (said as Verdict)
  return {
    kind: 'practice',
    practice: practice.id,
    resource: resource.arn,
    account: resource.account,
    region: resource.region,
    severity: practice.severity,
    status,
    reason,
    message,
    configured: stateOf(configured, resource, read),
    inForce: stateOf(inForce, resource, read),
    observed: stateOf(observed, resource, read),
    permission: gap?.permission ?? null,
    evidence: evidenceOf(resource, read),
  }
}

function verdictOf(practice: AnyPractice, view: View, context: Context<never>): Verdict | GapRead {
  try {
    return practice.check(view as never, context)
  } catch (error) {
    if (error instanceof GapRead) return error
    throw error
  }
}

/** The members of a finding that a missing answer decides. */
export function unknownFrom(gap: Gap) {
  const refused = gap.gap === 'refused'
  const answered =
    gap.code === notCollected ? gap.message : `${gap.source} answered ${gap.code}: ${gap.message}`
  const why = refused ? `the permission ${permissionOf(gap.source)} is missing` : answered
  const message = `could not be judged: ${why}`
  return {
    status: 'unknown' as const,
    reason: gap.gap as string,
    message,
    configured: null,
    inForce: null,
    observed: null,
    permission: refused ? permissionOf(gap.source) : null,
  }
}

/** The finding on all resources of a type in a region that could not be listed. */
export function judgeMissing(practice: AnyPractice, place: Place, arn: string, gap: Gap): Finding {
  const { source, takenAt } = gap
  const unknown = unknownFrom(gap)
  const noun = nounOf(practice.resource)
  return {
    kind: 'practice',
    practice: practice.id,
    resource: arn,
    account: place.account,
    region: place.region,
    severity: practice.severity,
    ...unknown,
    message: arn.endsWith('*')
      ? unknown.message.replace('could not be judged', `(any ${noun} here) could not be judged`)
      : unknown.message,
    evidence: [{ source, at: takenAt }],
  }
}

function stateOf(said: Said | null | undefined, resource: Resource, read: readonly Read[]): State | null {
  if (!said) return null
  const { value, from } = said
  const answer = read.find(({ need }) => need === from)?.answer ?? resource
  return { value, source: answer.source, at: answer.takenAt }
}

/** Each answer that was read, once. */
function evidenceOf(resource: Resource, read: readonly Read[]): Evidence[] {
  const evidence = [told(resource)]
  for (const { answer } of read) {
    const { source, requestId } = answer as Source
    const isKnown = evidence.some((other) => other.source === source && other.requestId === requestId)
    if (!isKnown) evidence.push(told(answer))
  }
  return evidence
}

type Source = { source: ReadAction; takenAt: string; requestId?: string }

function told({ source, takenAt, requestId }: Source): Evidence {
  return requestId ? { source, at: takenAt, requestId } : { source, at: takenAt }
}

/** Runs a pure part of a remediation; gives the gap when it reads a missing answer. */
export function considered<R>(subject: Subject, run: (known: never) => R): R | Gap {
  try {
    return run(new (viewOf(subject.practice))(subject) as never)
  } catch (error) {
    if (error instanceof GapRead) return error.gap
    throw error
  }
}
