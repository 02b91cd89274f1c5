// How a person sees one resource: its findings, what AWS said of it, what lies around it, and the lines that show it.

import type { show } from '#app/show.ts'
import { groupBy } from '#kit/group.ts'
import { counted, harmless } from '#kit/text.ts'
import type { Finding } from '#model/finding.ts'
import type { Json } from '#model/plain.ts'
import { type Answer, isGap, nounOf, type Resource } from '#model/resource.ts'
import { awsLinesOf } from './aws-lines.ts'
import { factLines } from './facts.ts'
import { findingRows } from './findings.ts'
import { indented, type Look, lines, verbatim } from './page.ts'
import { lastDays, shellWord } from './words.ts'

export type Shown = Awaited<ReturnType<typeof show>>

/** `isMendable` when a plan for the resource would have a step. */
export function viewShown(
  { resource, findings, related, madeAt, readLogs }: Shown,
  isMendable: boolean,
  look: Look,
): string {
  const failing = findings.filter(
    ({ kind, status, suppression }) => kind === 'practice' && status === 'fail' && !suppression,
  )
  return lines([
    look.paint('strong', `${nounOf(resource.type)} ${harmless(resource.name)}`),
    harmless(resource.arn),
    `as of ${harmless(madeAt)}`,
    ...findingsSection(findings, look),
    ...factsSections(resource, readLogs, look),
    ...answersOf(resource).flatMap((answer) => answerLines(answer, look)),
    ...relatedSection(related, look),
    verbatim('See it with the AWS CLI', awsLinesOf(resource), look),
    ...nextSection(resource, failing, isMendable, look),
  ])
}

/** A plan where one can help; where none can, how to do it by hand. */
function nextSection(
  { arn }: Resource,
  failing: readonly Finding[],
  isMendable: boolean,
  look: Look,
): string[] {
  const [first] = failing
  if (!first) return []
  const words = isMendable ? `plan --resource ${shellWord(arn)}` : `explain ${first.practice}`
  return [verbatim('Next', [look.line(words)], look)]
}

function findingsSection(findings: readonly Finding[], look: Look): string[] {
  if (findings.length === 0) return ['', 'No practice judges it.']
  const { head, rows } = findingRows(findings, look)
  return ['', ...head, ...[...rows.values()].flat()]
}

/** What AWS said of it; of a bucket it is what the scan knew before it asked, and what logs told. */
function factsSections(resource: Resource, readLogs: Shown['readLogs'], look: Look): string[] {
  const told = (title: string, facts: object) => [
    '',
    look.paint('strong', harmless(title)),
    ...factLines(facts as { [name: string]: Json }),
  ]
  if (resource.type !== 's3:bucket') return told(`What ${resource.source} said`, resource.facts)
  const { Sightings, ...known } = resource.facts
  const when = readLogs ? ` of ${lastDays(readLogs.days)}` : ''
  return [
    ...told('What was known of it before it was asked about', known),
    ...(Sightings ? told(`What the user activity logs${when} said`, { Sightings }) : []),
  ]
}

/** Of a bucket that does not exist one answer says all. */
function answersOf({ type, asked }: Resource): (Answer<unknown> | undefined)[] {
  const isGone = type === 's3:bucket' && asked.location && !isGap(asked.location) && !asked.location.value
  return isGone ? [asked.location] : Object.values<Answer<unknown> | undefined>(asked)
}

function answerLines(answer: Answer<unknown> | undefined, look: Look): string[] {
  if (!answer) return []
  const head = ['', look.paint('strong', harmless(`What ${answer.source} said`))]
  if (isGap(answer)) {
    return [...head, ...indented(`? nothing: ${harmless(answer.code)}: ${harmless(answer.message)}`, look)]
  }
  const { value } = answer
  return [...head, ...valueLines(value)]
}

/** What an answer holds: parameters, other lists, members, or that there is none. */
function valueLines(value: unknown): string[] {
  if (value === null || (Array.isArray(value) && value.length === 0)) return ['  none']
  if (typeof value !== 'object') return factLines({ value: value as Json })
  if (!Array.isArray(value)) return factLines(value as never)
  return isParameters(value) ? parameterLines(value) : factLines({ items: value as Json })
}

type Parameters = readonly { ParameterName?: string; ParameterValue?: string; Source?: string }[]

function isParameters(value: readonly unknown[]): value is Parameters {
  return value.every((item) => typeof item === 'object' && item !== null && 'ParameterName' in item)
}

/** Parameters: those that somebody has set, and how many are left at their defaults. */
function parameterLines(parameters: Parameters): string[] {
  const set = parameters.filter(({ Source }) => Source === 'user')
  const values = Object.fromEntries(
    set.map(({ ParameterName = '', ParameterValue = '' }) => [ParameterName, ParameterValue]),
  )
  const rest = parameters.length - set.length
  return [...factLines(values), `  ${counted(rest, 'parameter')} at the default`]
}

function relatedSection(related: readonly Resource[], look: Look): string[] {
  if (related.length === 0) return []
  return [
    '',
    look.paint('strong', 'Around it'),
    ...[...groupBy(related, ({ type }) => type)].flatMap(([type, same]) => [
      `  ${counted(same.length, nounOf(type))}`,
      ...same.slice(0, mostShown).map(({ arn }) => `    ${harmless(arn)}`),
      ...(same.length > mostShown ? [`    … and ${same.length - mostShown} more (-o json shows all)`] : []),
    ]),
  ]
}

const mostShown = 10
