// Judging one resource by one practice. Reading an answer that AWS refused ends here, in `unknown`, and nowhere else.

import type { ReadAction } from '#model/action.ts'
import type { Evidence, Finding, State } from '#model/finding.ts'
import type { Answers } from '#model/joined.ts'
import type { AnyPractice, Context, Said, Setting, Verdict } from '#model/practice.ts'
import { type Answer, type Gap, isGap, nounOf, type Place, type Resource } from '#model/resource.ts'
import { policyOf, type Settings } from '#model/settings.ts'

/** Thrown by an accessor when a practice reads an answer that is missing. */
class GapRead extends Error {
  readonly gap: Gap

  constructor(gap: Gap) {
    super(gap.message)
    this.gap = gap
  }
}

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

/** A resource as a practice may see it, and the answers it has read so far. */
function knownOf(practice: AnyPractice, resource: Resource, place: Place, answers: Answers) {
  const read = new Map<string, Answer<unknown>>()
  const known = { ...place, arn: resource.arn, name: resource.name, facts: resource.facts }
  for (const need of practice.needs as readonly string[]) {
    Object.defineProperty(known, need, {
      enumerable: true,
      get() {
        const answer = answers(resource, need)
        read.set(need, answer)
        if (isGap(answer)) throw new GapRead(answer)
        return answer.value
      },
    })
  }
  return { known, read }
}

/** True when the practice has something to say about the resource. */
export function concerns(practice: AnyPractice, resource: Resource, place: Place): boolean {
  return practice.resource === resource.type && practice.concerns?.(resource.facts, place) !== false
}

type Subject = { practice: AnyPractice; resource: Resource; place: Place; answers: Answers }

/** The finding of a practice on a resource that it concerns. */
export function judge({ practice, resource, place, answers }: Subject, context: Context<never>): Finding {
  const { known, read } = knownOf(practice, resource, place, answers)
  const base = {
    kind: 'practice' as const,
    practice: practice.id,
    resource: resource.arn,
    account: resource.account,
    region: resource.region,
    severity: practice.severity,
  }
  const sources = () => evidenceOf(resource, read)
  try {
    const { status, reason, message, ...said }: Verdict = practice.check(known, context)
    const state = (value: Said | undefined) => (value ? stateOf(value, resource, read) : null)
    return {
      ...base,
      status,
      reason,
      message,
      configured: state(said.configured),
      inForce: state(said.inForce),
      observed: state(said.observed),
      permission: null,
      evidence: sources(),
    }
  } catch (error) {
    if (!(error instanceof GapRead)) throw error
    return { ...base, ...unknownFrom(error.gap), evidence: sources() }
  }
}

/** The members of a finding that a missing answer decides. */
export function unknownFrom(gap: Gap) {
  const refused = gap.gap === 'refused'
  const message = refused
    ? `could not be judged: the permission ${gap.source} is missing`
    : `could not be judged: ${gap.source} answered ${gap.code}: ${gap.message}`
  return {
    status: 'unknown' as const,
    reason: gap.gap as string,
    message,
    configured: null,
    inForce: null,
    observed: null,
    permission: refused ? gap.source : null,
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
    message: unknown.message.replace('could not be judged', `(any ${noun} here) could not be judged`),
    evidence: [{ source, at: takenAt }],
  }
}

function stateOf({ value, from }: Said, resource: Resource, read: Map<string, Answer<unknown>>): State {
  const { source, takenAt }: { source: ReadAction; takenAt: string } = read.get(from) ?? resource
  return { value, source, at: takenAt }
}

function evidenceOf(resource: Resource, read: Map<string, Answer<unknown>>): Evidence[] {
  const answers: { source: ReadAction; takenAt: string; requestId?: string }[] = [resource, ...read.values()]
  const seen = new Set<string>()
  return answers
    .map(({ source, takenAt, requestId }) => ({ source, at: takenAt, ...(requestId ? { requestId } : {}) }))
    .filter(
      ({ source, requestId }) => !seen.has(`${source} ${requestId}`) && seen.add(`${source} ${requestId}`),
    )
}

/** Runs a pure part of a remediation; gives the gap when it reads a missing answer. */
export function considered<R>(
  { practice, resource, place, answers }: Subject,
  run: (known: never) => R,
): R | Gap {
  try {
    return run(knownOf(practice, resource, place, answers).known as never)
  } catch (error) {
    if (error instanceof GapRead) return error.gap
    throw error
  }
}
