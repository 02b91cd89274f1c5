// How the findings of a run lie in its file: some on a line, each as its members in a fixed order, without their names and
// without what all have in common. What one has as the one before it is left out too, and of one that says the same as
// another of its line only that is written, whose resource it is and who told it. There may be millions, most of which pass
// and are never read again.

import type { Kin } from '#model/assessment.ts'
import type { Evidence, Finding, State } from '#model/finding.ts'
import type { Json } from '#model/plain.ts'

/** Stands for what the finding before has as well. */
const same = 0

/** A value with the place in the evidence of who told it and when. Where that is not in it, they stand here. */
type PackedState = [State['value'], number] | [State['value'], State['source'], State['at']] | null
type PackedEvidence = [Evidence['source'], Evidence['at'], ...string[]]

/** Whose finding it is, and who told what it says. */
type Own = [resource: string | typeof same, evidence: PackedEvidence[] | typeof same]

/** What a finding says, of whatever resource. */
type Saying = [
  Finding['kind'],
  practice: string,
  reason: string,
  message: string,
  configured: PackedState,
  inForce: PackedState,
  observed: PackedState,
  permission: string | null,
  suppression: Finding['suppression'] | null,
]

/** A finding that says what the n-th saying of its line says, or something new. */
type Packed = [...Own, number] | [...Own, ...Saying]

/** The findings of a line. */
export type FindingLine = Packed[]

/** So many are made text at once: one by one would take longer, and all at once would have to be read at once. */
const perLine = 100

/** The text of a run. */
export function runText(findings: readonly Finding[]): string {
  let text = ''
  for (let at = 0; at < findings.length; at += perLine)
    text += `${JSON.stringify(packedLine(findings.slice(at, at + perLine)))}\n`
  return text
}

function packedLine(findings: readonly Finding[]): FindingLine {
  // The latest of each practice that said something new, with its place among all that did.
  const latest = new Map<string, { finding: Finding; place: number }>()
  let sayings = 0
  return findings.map((finding, at): Packed => {
    const [resource, evidence] = packedOwn(finding, findings[at - 1])
    const before = latest.get(finding.practice)
    if (before && saysSame(finding, before.finding)) return [resource, evidence, before.place]
    latest.set(finding.practice, { finding, place: sayings++ })
    return [resource, evidence, ...packedSaying(finding)]
  })
}

function packedOwn({ resource, evidence }: Finding, before: Finding | undefined): Own {
  return [
    resource === before?.resource ? same : resource,
    before && isSame(evidence, before.evidence) ? same : evidence.map(packedEvidence),
  ]
}

function packedSaying(finding: Finding): Saying {
  const { kind, practice, reason, message, permission, suppression = null } = finding
  const { configured, inForce, observed, evidence } = finding
  return [
    kind,
    practice,
    reason,
    message,
    packedState(configured, evidence),
    packedState(inForce, evidence),
    packedState(observed, evidence),
    permission,
    suppression,
  ]
}

function saysSame(one: Finding, other: Finding): boolean {
  return (
    one.message === other.message &&
    one.reason === other.reason &&
    one.kind === other.kind &&
    one.permission === other.permission &&
    one.suppression === other.suppression &&
    isSameState(one.configured, other.configured, one, other) &&
    isSameState(one.inForce, other.inForce, one, other) &&
    isSameState(one.observed, other.observed, one, other)
  )
}

/** True when two states are packed alike. */
function isSameState(state: State | null, before: State | null, one: Finding, other: Finding): boolean {
  if (!state || !before) return state === before
  const place = placeOf(state, one.evidence)
  return (
    place === placeOf(before, other.evidence) &&
    (place >= 0 || (state.source === before.source && state.at === before.at)) &&
    isEqual(state.value, before.value)
  )
}

/** Most are words, and equal at a glance. */
function isEqual(a: Json, b: Json): boolean {
  return (
    a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))
  )
}

/** The findings of a line in a run of their kind. */
export function findingsOf(line: FindingLine, kin: Kin): Finding[] {
  const findings: Finding[] = []
  const sayings: Saying[] = []
  for (const [resource, evidence, ...what] of line) {
    const before = findings.at(-1)
    const saying = typeof what[0] === 'number' ? sayings[what[0]] : (what as Saying)
    if (!saying) throw new Error(`a finding says what no other says: ${what[0]}`)
    if (saying === what) sayings.push(saying)
    findings.push(
      unpacked(
        resource === same ? (before?.resource ?? '') : resource,
        evidence === same ? (before?.evidence ?? []) : evidence.map(evidenceOf),
        saying,
        kin,
      ),
    )
  }
  return findings
}

function unpacked(resource: string, evidence: Evidence[], saying: Saying, kin: Kin): Finding {
  const { account, region, severity, status } = kin
  const [kind, practice, reason, message, configured, inForce, observed, permission, suppression] = saying
  return {
    kind,
    practice,
    resource,
    account,
    region,
    severity,
    status,
    reason,
    message,
    configured: stateOf(configured, evidence),
    inForce: stateOf(inForce, evidence),
    observed: stateOf(observed, evidence),
    permission,
    evidence,
    ...(suppression && { suppression }),
  }
}
function packedState(state: State | null, evidence: readonly Evidence[]): PackedState {
  if (!state) return null
  const { value, source, at } = state
  const place = placeOf(state, evidence)
  return place < 0 ? [value, source, at] : [value, place]
}

/** Which evidence told a state, or -1. */
function placeOf({ source, at }: State, evidence: readonly Evidence[]): number {
  return evidence.findIndex((one) => one.source === source && one.at === at)
}

function stateOf(packed: PackedState, evidence: readonly Evidence[]): State | null {
  if (!packed) return null
  if (packed.length === 3) return { value: packed[0], source: packed[1], at: packed[2] }
  const [value, place] = packed
  const told = evidence[place]
  if (!told) throw new Error(`a finding has no evidence ${place}`)
  return { value, source: told.source, at: told.at }
}

function isSame(evidence: readonly Evidence[], before: readonly Evidence[]): boolean {
  return (
    evidence.length === before.length &&
    evidence.every(({ source, at, requestId }, index) => {
      const other = before[index]
      return other?.at === at && other.source === source && other.requestId === requestId
    })
  )
}

function packedEvidence({ source, at, requestId }: Evidence): PackedEvidence {
  return requestId === undefined ? [source, at] : [source, at, requestId]
}

function evidenceOf([source, at, requestId]: PackedEvidence): Evidence {
  return requestId === undefined ? { source, at } : { source, at, requestId }
}
