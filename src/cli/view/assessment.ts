// How a person sees an assessment: the counts, each practice, what is wrong with each resource, what could not be
// seen, and what to type next.

import { groupBy } from '#kit/group.ts'
import { counted, harmless } from '#kit/text.ts'
import type { AssessmentHead, KeptAssessment, Kin, Tally } from '#model/assessment.ts'
import type { Finding } from '#model/finding.ts'
import { isAtLeast, type Severity, severities } from '#model/severity.ts'
import { suppressedWords } from '#model/suppression.ts'
import { findingRows } from './findings.ts'
import { viewGaps } from './gaps.ts'
import { indented, type Look, lines, verbatim } from './page.ts'
import { type Cell, table } from './table.ts'
import { lastDays, severityCell, shellWord, statusCell } from './words.ts'

/** What to show: findings of this severity and worse. `mendable` gives the practice of the first that a plan has a step for. */
export type AssessmentOptions = {
  minSeverity: Severity
  mendable(findings: readonly Finding[]): Promise<string | undefined>
}

/** As many findings are shown one by one: nobody reads more, and a report has them all. */
const mostShown = 500

export async function viewAssessment(
  assessment: KeptAssessment,
  { minSeverity, mendable }: AssessmentOptions,
  look: Look,
): Promise<string> {
  const { tallies } = assessment
  const isBad = ({ severity }: Pick<Kin, 'severity'>) => isAtLeast(severity, minSeverity)
  const shown = await first(assessment, (kin) => kin.status !== 'pass' && !kin.suppressed && isBad(kin))
  const accepted = await first(assessment, ({ suppressed }) => suppressed)
  const open = openIn(tallies)
  const bad = openIn(tallies.filter(isBad))
  return lines([
    ...summary(assessment, look),
    ...byPractice(tallies, minSeverity, look),
    ...byResource(shown, look),
    ...moreNote(bad - shown.length),
    ...viewSuppressed(accepted, look),
    ...moreNote(assessment.counts.suppressed - accepted.length),
    ...hiddenNote(open - bad, minSeverity),
    ...viewGaps(assessment.gaps, look),
    ...(await next(shown, mendable, look)),
  ])
}

/** How many findings did not pass and are not accepted. */
function openIn(tallies: readonly Tally[]): number {
  return tallies.reduce((sum, { counts: { fail, unknown, manual } }) => sum + fail + unknown + manual, 0)
}

/** The first findings of those that are wanted. */
async function first({ findings }: KeptAssessment, isWanted: (kin: Kin) => boolean): Promise<Finding[]> {
  const shown: Finding[] = []
  for await (const finding of findings(isWanted)) {
    if (shown.push(finding) === mostShown) break
  }
  return shown
}

const shownStatuses = ['fail', 'unknown', 'manual', 'pass'] as const

/** As many regions as fit on a line by name. */
const fewRegions = 4

function summary(
  { counts, accounts, regions, readLogs, madeAt, id, interrupted }: AssessmentHead,
  look: Look,
): string[] {
  const { paint } = look
  const parts = shownStatuses.map((status) => {
    const { text, role } = statusCell(status, counts[status])
    return paint(counts[status] > 0 ? role : 'dim', text)
  })
  if (counts.suppressed > 0) parts.push(paint('dim', `– ${counts.suppressed} suppressed`))
  const named = regions.length <= fewRegions ? ` (${regions.join(', ')})` : ''
  const where = `${counted(accounts.length, 'account')}, ${counted(regions.length, 'region')}${named}`
  const logs = readLogs ? `, user activity logs of ${lastDays(readLogs.days)}` : ''
  return [
    `${paint('strong', 'Findings')}  ${parts.join('   ')}`,
    ...indented(`${where}${logs}, as of ${madeAt}; assessment ${id}`, look, ''),
    ...(interrupted
      ? [paint('warn', '! The scan was interrupted: this is only what it had seen until then.')]
      : []),
  ]
}

/** The practices with open findings, in the order in which these matter; of the others, how many pass. */
function byPractice(tallies: readonly Tally[], minSeverity: Severity, look: Look): string[] {
  const judged = tallies.filter(({ counts }) => shownStatuses.some((status) => counts[status] > 0))
  if (judged.length === 0) return ['', 'Nothing was found that any practice judges.']
  const open = judged.filter((tally) => openIn([tally]) > 0)
  const passing = judged.length - open.length
  const rows = open
    .filter(({ severity }) => isAtLeast(severity, minSeverity))
    .sort(byUrgency)
    .map(({ practice, severity, counts }): Cell[] => [
      { text: harmless(practice), role: 'name' },
      severityCell(severity),
      ...shownStatuses.map((status): Cell => {
        const count = counts[status]
        if (count === 0) return { text: '·', role: 'dim' }
        return { text: String(count), role: statusCell(status).role }
      }),
    ])
  return [
    '',
    ...(rows.length > 0 ? [table(['practice', 'severity', ...shownStatuses], rows, look)] : []),
    ...(passing > 0
      ? [look.paint('good', `✓ ${counted(passing, 'practice passes', 'practices pass')}`)]
      : []),
  ]
}

/** As findings are ordered: what fails before what is unknown or left to a person, then the worst. */
function byUrgency(a: Tally, b: Tally): number {
  const first = ({ counts }: Tally) => shownStatuses.findIndex((status) => counts[status] > 0)
  const rank = ({ severity }: Tally) => severities.indexOf(severity)
  return first(a) - first(b) || rank(b) - rank(a) || (a.practice < b.practice ? -1 : 1)
}

/** Each resource with its findings: what is configured, what is in force, what was observed, and the sentence. */
function byResource(findings: readonly Finding[], look: Look): string[] {
  const groups = [...groupBy(findings, ({ resource }) => resource)]
  if (groups.length === 0) return []
  const { head, rows } = findingRows(findings, look)
  return [
    '',
    ...head,
    ...groups.flatMap(([arn, own], at) => [
      ...(at > 0 ? [''] : []),
      look.paint('strong', harmless(arn)),
      ...own.flatMap((finding) => rows.get(finding) ?? []),
    ]),
  ]
}

/** What is accepted, each decision once with all that it covers. */
function viewSuppressed(findings: readonly Finding[], look: Look): string[] {
  const accepted = findings.flatMap(({ suppression, ...rest }) =>
    suppression ? { ...rest, suppression } : [],
  )
  if (accepted.length === 0) return []
  const groups = groupBy(
    accepted,
    ({ practice, suppression }) => `${practice}: ${suppressedWords(suppression)}`,
  )
  return [
    '',
    look.paint('strong', 'Suppressed'),
    ...[...groups].flatMap(([words, same]) => [
      ...indented(words, look),
      ...same.map(({ status, resource }) => `    ${statusCell(status).text}  ${harmless(resource)}`),
    ]),
  ]
}

function moreNote(count: number): string[] {
  return count > 0 ? ['', `${counted(count, 'finding')} more not shown (-o json has them all).`] : []
}

function hiddenNote(count: number, least: Severity): string[] {
  return count > 0 ? ['', `${counted(count, 'finding')} below ${least} not shown (--min-severity).`] : []
}

/** What to look at first, and the first that a plan can mend. */
async function next(
  findings: readonly Finding[],
  mendable: AssessmentOptions['mendable'],
  look: Look,
): Promise<string[]> {
  const failing = findings.filter(({ kind, status }) => status === 'fail' && kind === 'practice')
  const [worst] = failing
  if (!worst) return []
  const practice = await mendable(failing)
  const words = [
    `explain ${worst.practice}`,
    `show ${shellWord(worst.resource)}`,
    ...(practice ? [`plan --practice ${practice}`] : []),
  ]
  return [verbatim('Next', words.map(look.line), look)]
}
