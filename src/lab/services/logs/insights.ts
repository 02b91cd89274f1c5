// Logs Insights queries, as far as the lab reads them: `fields` of @timestamp, @message, @logStream and @log, `filter`
// @message (or @logStream) `like` or `not like` a text or /expression/, `sort @timestamp`, `limit`; any other command is
// refused. CloudWatch Logs User Guide, "CloudWatch Logs Insights language query syntax".

import type * as client from '@aws-sdk/client-cloudwatch-logs'
import {
  MalformedQueryException$,
  ResourceNotFoundException$,
  type ResultField,
} from '@aws-sdk/client-cloudwatch-logs'
import { parseArn } from '#kit/arn.ts'
import { second } from '#kit/time.ts'
import { newUuid } from '#lab/ids.ts'
import type { Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { type Line, streamsOf } from './contents.ts'
import { groupOf, invalid, nameIn } from './errors.ts'
import { eventIdOf } from './events.ts'
import type { LogGroup } from './model.ts'
import { readForward } from './reading.ts'

type Plan = {
  fields: string[]
  filters: ((line: Line) => boolean)[]
  isOldestFirst: boolean
  limit: number | undefined
}

export const insightOperations = {
  StartQuery(input, context) {
    const { logGroupName, logGroupNames, logGroupIdentifiers, startTime, endTime, queryString } = input
    const named = [...(logGroupName === undefined ? [] : [logGroupName]), ...(logGroupNames ?? [])]
    const groups = [...named, ...(logGroupIdentifiers ?? []).map(nameIn)]
    if (groups.length === 0) throw invalid('At least one log group must be specified.')
    if ((input.queryLanguage ?? 'CWLI') !== 'CWLI') throw malformed(`the language ${input.queryLanguage}`)
    for (const name of groups) groupOf(name, context.region)
    if (startTime > endTime) throw invalid('End time should not be before start time.')
    const { limit = 10_000 } = input
    if (limit < 1 || limit > 10_000) throw invalid('The limit must be between 1 and 10000.')
    readQuery(queryString)
    const queryId = newUuid(context.state)
    // Moments are seconds, both included: API Reference, StartQuery.
    const window = { from: startTime * second, to: (endTime + 1) * second }
    context.region.logs.queries.set(queryId, { groups, ...window, text: queryString, limit })
    return { queryId }
  },

  GetQueryResults({ queryId }, context) {
    const query = context.region.logs.queries.get(queryId)
    if (!query) throw fault(ResourceNotFoundException$, `Query with id ${queryId} does not exist.`)
    const plan = readQuery(query.text)
    let scanned = 0
    const found = query.groups.flatMap((name) => {
      const group = context.region.logs.groups.get(name)
      if (!group) return []
      const lines = allLines(group, query, context)
      scanned += lines.length
      return lines
        .filter((line) => plan.filters.every((holds) => holds(line)))
        .map((line) => ({ line, group }))
    })
    const sign = plan.isOldestFirst ? 1 : -1
    found.sort((a, b) => sign * (a.line.timestamp - b.line.timestamp))
    const shown = found.slice(0, Math.min(plan.limit ?? query.limit, query.limit))
    return {
      queryLanguage: 'CWLI' as const,
      status: 'Complete' as const,
      results: shown.map(({ line, group }) => rowOf(line, group, plan)),
      statistics: { recordsMatched: found.length, recordsScanned: scanned, bytesScanned: 0 },
    }
  },
} satisfies Operations<typeof client>

function allLines(group: LogGroup, { from, to }: { from: number; to: number }, context: Context): Line[] {
  const streams = streamsOf(group, context)
  const lines: Line[] = []
  if (streams.length === 0) return lines
  for (let after: Line | undefined; ; ) {
    const page = readForward({ group, streams, from, to, after, limit: 10_000 }, context)
    lines.push(...page.lines)
    after = page.lines.at(-1)
    if (!page.isMore || !after) return lines
  }
}

function rowOf(line: Line, { name, arn }: LogGroup, { fields }: Plan): ResultField[] {
  const account = parseArn(arn)?.account ?? ''
  const values: Record<string, string> = {
    '@timestamp': new Date(line.timestamp).toISOString().replace('T', ' ').replace('Z', ''),
    '@message': line.message,
    '@logStream': line.stream,
    '@log': `${account}:${name}`,
    '@ingestionTime': new Date(line.ingestionTime).toISOString().replace('T', ' ').replace('Z', ''),
  }
  const shown = fields.map((field) => ({ field, value: values[field] ?? '' }))
  return [...shown, { field: '@ptr', value: eventIdOf(arn, line) }]
}

function malformed(what: string) {
  return fault(
    MalformedQueryException$,
    `The lab does not read ${what}; it reads fields, filter … like, sort @timestamp and limit.`,
  )
}

const known = ['@timestamp', '@message', '@logStream', '@log', '@ingestionTime']

function readQuery(text: string): Plan {
  const plan: Plan = {
    fields: ['@timestamp', '@message'],
    filters: [],
    isOldestFirst: false,
    limit: undefined,
  }
  for (const command of commandsOf(text)) readCommand(command, plan)
  return plan
}

// A bar inside quotes or slashes separates nothing.
function commandsOf(text: string): string[] {
  const parts = text.match(/(?:"[^"]*"|'[^']*'|\/(?:[^/\\]|\\.)*\/|[^|])+/g) ?? []
  return parts.map((part) => part.trim()).filter((part) => part !== '' && !part.startsWith('#'))
}

function readCommand(command: string, plan: Plan) {
  const [, verb = '', rest = ''] = /^(\w+)\s+([\s\S]+)$/.exec(command) ?? []
  if (verb === 'fields' || verb === 'display') plan.fields = readFields(rest)
  else if (verb === 'filter') plan.filters.push(readFilter(rest))
  else if (verb === 'sort') plan.isOldestFirst = readSort(rest)
  else if (verb === 'limit' && /^\d+$/.test(rest)) plan.limit = Number(rest)
  else throw malformed(`"${command}"`)
}

function readFields(text: string): string[] {
  const fields = text.split(',').map((field) => field.trim())
  const unknown = fields.find((field) => !known.includes(field))
  if (unknown !== undefined) throw malformed(`the field ${unknown}`)
  return fields
}

function readSort(text: string): boolean {
  const [, direction] = /^@timestamp(?:\s+(asc|desc))?$/.exec(text) ?? []
  if (direction === undefined && text !== '@timestamp') throw malformed(`"sort ${text}"`)
  // "desc" where nothing is said is what the console's sample does; unverified that it is so without a word.
  return direction === 'asc'
}

function readFilter(text: string): (line: Line) => boolean {
  const form = /^(@message|@logStream)\s+(not\s+)?(like|=)\s*(?:"([^"]*)"|'([^']*)'|\/((?:[^/\\]|\\.)*)\/)$/
  const [, field, not, operator, double, single, expression] = form.exec(text) ?? []
  if (field === undefined) throw malformed(`"filter ${text}"`)
  const textOf = ({ message, stream }: Line) => (field === '@message' ? message : stream)
  const holds = testOf(operator, double ?? single, expression, text)
  return (line) => holds(textOf(line)) !== (not !== undefined)
}

function testOf(
  operator: string | undefined,
  literal: string | undefined,
  expression: string | undefined,
  text: string,
): (value: string) => boolean {
  if (literal !== undefined)
    return (value) => (operator === '=' ? value === literal : value.includes(literal))
  try {
    const pattern = new RegExp(
      (expression ?? '').replace(/^\(\?i\)/, ''),
      expression?.startsWith('(?i)') ? 'i' : '',
    )
    return (value) => pattern.test(value)
  } catch {
    throw malformed(`"filter ${text}"`)
  }
}
