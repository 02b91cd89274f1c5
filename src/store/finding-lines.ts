// How the findings of a run lie in its file: some on a line, each as its members in a fixed order, without their names and
// without what all have in common. There may be millions, most of which pass and are never read again.

import type { Kin } from '#model/assessment.ts'
import type { Evidence, Finding, State } from '#model/finding.ts'

type PackedState = [State['value'], State['source'], State['at']] | null
type PackedEvidence = [Evidence['source'], Evidence['at'], ...string[]]

type Packed = [
  Finding['kind'],
  practice: string,
  resource: string,
  reason: string,
  message: string,
  configured: PackedState,
  inForce: PackedState,
  observed: PackedState,
  permission: string | null,
  evidence: PackedEvidence[],
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
    text += `${JSON.stringify(findings.slice(at, at + perLine).map(packed))}\n`
  return text
}

function packed(finding: Finding): Packed {
  const { kind, practice, resource, reason, message, permission, suppression = null } = finding
  const { configured, inForce, observed, evidence } = finding
  return [
    kind,
    practice,
    resource,
    reason,
    message,
    packedState(configured),
    packedState(inForce),
    packedState(observed),
    permission,
    evidence.map(packedEvidence),
    suppression,
  ]
}

/** The findings of a line in a run of their kind. */
export function findingsOf(line: FindingLine, kin: Kin): Finding[] {
  return line.map((one) => unpacked(one, kin))
}

function unpacked(one: Packed, { account, region, severity, status }: Kin): Finding {
  const [kind, practice, resource, reason, message, configured, inForce, observed, ...rest] = one
  const [permission, evidence, suppression] = rest
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
    configured: stateOf(configured),
    inForce: stateOf(inForce),
    observed: stateOf(observed),
    permission,
    evidence: evidence.map(evidenceOf),
    ...(suppression && { suppression }),
  }
}

function packedState(state: State | null): PackedState {
  return state && [state.value, state.source, state.at]
}

function stateOf(packed: PackedState): State | null {
  if (!packed) return null
  const [value, source, at] = packed
  return { value, source, at }
}

function packedEvidence({ source, at, requestId }: Evidence): PackedEvidence {
  return requestId === undefined ? [source, at] : [source, at, requestId]
}

function evidenceOf([source, at, requestId]: PackedEvidence): Evidence {
  return requestId === undefined ? { source, at } : { source, at, requestId }
}
