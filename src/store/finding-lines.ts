// How the findings of a run lie in its file: some on a line, each as its members in a fixed order, without their names and
// without what all have in common or one has as the one before. There may be millions, most of which pass and are never
// read again.

import type { Kin } from '#model/assessment.ts'
import type { Evidence, Finding, State } from '#model/finding.ts'

/** Stands for what the finding before has as well. */
const same = 0

/** A value with the place in the evidence of who told it and when. Where that is not in it, they stand here. */
type PackedState = [State['value'], number] | [State['value'], State['source'], State['at']] | null
type PackedEvidence = [Evidence['source'], Evidence['at'], ...string[]]

type Packed = [
  Finding['kind'],
  practice: string,
  resource: string | typeof same,
  reason: string,
  message: string,
  configured: PackedState,
  inForce: PackedState,
  observed: PackedState,
  permission: string | null,
  evidence: PackedEvidence[] | typeof same,
  suppression: Finding['suppression'] | null,
]

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
  return findings.map((finding, at) => packed(finding, findings[at - 1]))
}

function packed(finding: Finding, before: Finding | undefined): Packed {
  const { kind, practice, resource, reason, message, permission, suppression = null } = finding
  const { configured, inForce, observed, evidence } = finding
  return [
    kind,
    practice,
    resource === before?.resource ? same : resource,
    reason,
    message,
    packedState(configured, evidence),
    packedState(inForce, evidence),
    packedState(observed, evidence),
    permission,
    before && isSame(evidence, before.evidence) ? same : evidence.map(packedEvidence),
    suppression,
  ]
}

/** The findings of a line in a run of their kind. */
export function findingsOf(line: FindingLine, kin: Kin): Finding[] {
  const findings: Finding[] = []
  for (const one of line) findings.push(unpacked(one, kin, findings.at(-1)))
  return findings
}

function unpacked(one: Packed, kin: Kin, before: Finding | undefined): Finding {
  const { account, region, severity, status } = kin
  const [kind, practice, resource, reason, message, configured, inForce, observed, ...rest] = one
  const [permission, told, suppression] = rest
  const evidence = told === same ? (before?.evidence ?? []) : told.map(evidenceOf)
  return {
    kind,
    practice,
    resource: resource === same ? (before?.resource ?? '') : resource,
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
  const place = evidence.findIndex((one) => one.source === source && one.at === at)
  return place < 0 ? [value, source, at] : [value, place]
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
