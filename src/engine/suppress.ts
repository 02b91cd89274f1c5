// Applies the suppressions of the settings to findings, and judges the suppressions themselves: whether they have ended,
// and whether they cover anything.

import { parseArn } from '#kit/arn.ts'
import type { Finding } from '#model/finding.ts'
import type { Severity } from '#model/severity.ts'
import { expired, isExpired, type Suppression, scopeOf, unused } from '#model/suppression.ts'

type Applied = {
  suppression: Suppression
  covers: (arn: string) => boolean
  hasEnded: boolean
  isUsed: boolean
  /** True when something that it covers was judged, whatever came of it. */
  isSeen: boolean
}

/** Where a scan looked, by which practices, and whether it was stopped before its end. */
export type Scanned = {
  accounts: readonly string[]
  regions: readonly string[]
  practices: readonly string[]
  interrupted: boolean
}

export class Suppressing {
  readonly #byPractice = new Map<string, Applied[]>()

  /** `now` decides which have ended. */
  constructor(suppressions: readonly Suppression[], now: string) {
    for (const suppression of suppressions) {
      const covers = scopeOf(suppression.resource)
      const applied = {
        suppression,
        covers,
        hasEnded: isExpired(suppression, now),
        isUsed: false,
        isSeen: false,
      }
      const others = this.#byPractice.get(suppression.practice)
      if (others) others.push(applied)
      else this.#byPractice.set(suppression.practice, [applied])
    }
  }

  /** Marks the findings that are accepted. What passes needs no acceptance, and keeps no suppression in use. */
  mark(findings: readonly Finding[]): Finding[] {
    if (this.#byPractice.size === 0) return [...findings]
    return findings.map((finding) => this.#marked(finding))
  }

  #marked(finding: Finding): Finding {
    const own = this.#byPractice.get(finding.practice)
    if (!own) return finding
    const using = own.filter((one) => one.covers(finding.resource))
    for (const one of using) one.isSeen = true
    if (finding.status === 'pass') return finding
    // Of resources that could not be listed nobody knows whether the suppressed one is still among them.
    const mayBe = finding.resource.endsWith('*') ? scopeOf(finding.resource) : undefined
    for (const one of own) one.isUsed ||= using.includes(one) || mayBe?.(one.suppression.resource) === true
    const holding = using.find(({ hasEnded }) => !hasEnded)
    if (!holding) return finding
    const { reason, owner, expires } = holding.suppression
    return { ...finding, suppression: { reason, owner, expires } }
  }

  /** The findings on the suppressions themselves, one for each scope. Call it when all findings were marked. */
  findings(scanned: Scanned): Finding[] {
    const own = [...this.#byPractice.values()].flat()
    const ended = own.filter(({ hasEnded }) => hasEnded)
    const idle = own.filter(
      (one) =>
        !one.hasEnded &&
        !one.isUsed &&
        isInReach(one.suppression, scanned) &&
        // A bucket is looked at when something names it, such as a log of that day: it is not gone when nothing does.
        (one.isSeen || !isOfBucket(one.suppression)),
    )
    return [
      ...byScope(ended).map((same) => findingOf(expired, 'medium', same, scanned)),
      ...byScope(idle).map((same) => findingOf(unused, 'low', same, scanned)),
    ]
  }
}

const isOfBucket = ({ resource }: Suppression) => parseArn(resource)?.service === 's3'

/** Only what was looked at tells that there is nothing to suppress. */
function isInReach(
  { practice, resource }: Suppression,
  { accounts, regions, practices, interrupted }: Scanned,
): boolean {
  if (interrupted) return false
  const [, , , region = '', account = ''] = resource.split(':')
  const may = (word: string, known: readonly string[]) => word === '' || known.some(scopeOf(word))
  return practices.includes(practice) && may(region, regions) && may(account, accounts)
}

function byScope(applied: readonly Applied[]): Suppression[][] {
  const groups = new Map<string, Suppression[]>()
  for (const { suppression } of applied) {
    groups.set(suppression.resource, [...(groups.get(suppression.resource) ?? []), suppression])
  }
  return [...groups.values()]
}

function findingOf(
  id: typeof expired | typeof unused,
  severity: Severity,
  same: readonly Suppression[],
  { accounts }: Scanned,
): Finding {
  const resource = same[0]?.resource ?? ''
  const { region = '', account = '' } = parseArn(resource) ?? {}
  return {
    kind: 'suppression',
    practice: id,
    resource,
    // A glob may lie in many places; it is the caller's account that has its settings.
    account: /^\d{12}$/.test(account) ? account : (accounts[0] ?? ''),
    region: region || '*',
    status: 'fail',
    reason: id === expired ? 'expired' : 'unused',
    severity,
    message: same.map(id === expired ? expiredWords : unusedWords).join('; '),
    configured: null,
    inForce: null,
    observed: null,
    permission: null,
    evidence: [],
  }
}

function expiredWords({ practice, expires, owner }: Suppression): string {
  return `has a suppression of ${practice} that held until ${expires} (owner: ${owner}); mend what it covers, or give it a new end`
}

function unusedWords({ practice, owner }: Suppression): string {
  return `has a suppression of ${practice} (owner: ${owner}) that covers no open finding of this scan; take it out of redoubt.yaml`
}
