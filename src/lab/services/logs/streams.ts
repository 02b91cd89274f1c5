// Log streams and what is written to them.

import type * as client from '@aws-sdk/client-cloudwatch-logs'
import { day, hour } from '#kit/time.ts'
import type { Context } from '#lab/state.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { expiredBefore, type Stream, streamsOf } from './contents.ts'
import { checkName, existing, groupOf, invalid, missing, namedGroup } from './errors.ts'
import type { LogGroup, LogStream } from './model.ts'

export const streamOperations = {
  CreateLogStream({ logGroupName, logStreamName: name }, context) {
    checkName('logStreamName', name)
    const group = groupOf(logGroupName, context.region)
    if (streamsOf(group, context).some((stream) => stream.name === name)) throw existing('stream')
    group.streams.set(name, { name, createdAt: context.now, lines: [] })
    return {}
  },

  // What a service makes goes on being made.
  DeleteLogStream({ logGroupName, logStreamName }, { region }) {
    const group = groupOf(logGroupName, region)
    if (!group.streams.delete(logStreamName)) throw missing('stream')
    return {}
  },

  DescribeLogStreams(input, context) {
    const { logStreamNamePrefix: prefix, orderBy = 'LogStreamName', limit = 50, nextToken } = input
    const group = namedGroup(input.logGroupName, input.logGroupIdentifier, context.region)
    if (limit < 1 || limit > 50) throw invalid('The limit must be between 1 and 50.')
    if (prefix !== undefined && orderBy === 'LastEventTime')
      throw invalid('Cannot order by LastEventTime with a logStreamNamePrefix.')
    const found = streamsOf(group, context).filter(({ name }) => name.startsWith(prefix ?? ''))
    if (orderBy === 'LastEventTime') found.sort((a, b) => (a.lastEvent ?? 0) - (b.lastEvent ?? 0))
    if (input.descending) found.reverse()
    const after = nextToken === undefined ? -1 : found.findIndex(({ name }) => name === nextToken)
    const shown = found.slice(after + 1, after + 1 + limit)
    const last = shown.at(-1)
    return {
      logStreams: shown.map((stream) => describedStream(stream, group)),
      ...(last && after + 1 + limit < found.length && { nextToken: last.name }),
    }
  },

  PutLogEvents({ logGroupName, logStreamName, logEvents }, context) {
    const group = groupOf(logGroupName, context.region)
    const stream = writableStream(group, logStreamName, context)
    checkBatch(logEvents)
    const { now } = context
    const accepted = logEvents.filter(({ timestamp = 0 }) => isAccepted(group, timestamp, now))
    stream.lines.push(
      ...accepted.map(({ timestamp = 0, message = '' }) => ({ timestamp, message, ingestionTime: now })),
    )
    stream.lines.sort((a, b) => a.timestamp - b.timestamp)
    forgetExpired(group, stream, now)
    const rejectedLogEventsInfo = rejections(group, logEvents, now)
    return {
      nextSequenceToken: String(stream.lines.length).padStart(56, '4'),
      ...(rejectedLogEventsInfo && { rejectedLogEventsInfo }),
    }
  },
} satisfies Operations<typeof client>

function describedStream(stream: Stream, { arn }: LogGroup): client.LogStream {
  const { name, createdAt, firstEvent, lastEvent, lastIngestion } = stream
  return {
    logStreamName: name,
    creationTime: createdAt,
    ...(firstEvent !== undefined && { firstEventTimestamp: firstEvent }),
    ...(lastEvent !== undefined && { lastEventTimestamp: lastEvent }),
    ...(lastIngestion !== undefined && { lastIngestionTime: lastIngestion }),
    arn: `${arn}:log-stream:${name}`,
    // "always reported as zero": API Reference, LogStream.
    storedBytes: 0,
  }
}

function writableStream(group: LogGroup, name: string, context: Context): LogStream {
  const known = group.streams.get(name)
  if (known) return known
  const made = streamsOf(group, context).find((stream) => stream.name === name)
  if (!made) throw missing('stream')
  const stream = { name, createdAt: made.createdAt, lines: [] }
  group.streams.set(name, stream)
  return stream
}

// API Reference, PutLogEvents. Wordings: of the first as seen in client reports; unverified: the rest.
function checkBatch(events: client.InputLogEvent[]) {
  const times = events.map(({ timestamp = 0 }) => timestamp)
  if (times.some((time, index) => index > 0 && time < (times[index - 1] ?? 0)))
    throw invalid('Log events in a single PutLogEvents request must be in chronological order.')
  if ((times.at(-1) ?? 0) - (times[0] ?? 0) > day)
    throw invalid('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.')
  if (events.length < 1 || events.length > 10_000)
    throw invalid('The number of log events must be between 1 and 10000.')
  const bytes = events.reduce((sum, { message = '' }) => sum + Buffer.byteLength(message) + 26, 0)
  if (bytes > 1_048_576) throw invalid(`Upload too large: ${bytes} bytes exceeds limit of 1048576`)
}

function isAccepted(group: LogGroup, timestamp: number, now: number): boolean {
  return timestamp <= now + 2 * hour && timestamp >= now - 14 * day && timestamp >= expiredBefore(group, now)
}

function rejections(group: LogGroup, events: client.InputLogEvent[], now: number) {
  const times = events.map(({ timestamp = 0 }) => timestamp)
  const tooNew = times.findIndex((time) => time > now + 2 * hour)
  const tooOld = times.findLastIndex((time) => time < now - 14 * day)
  const expired = times.findLastIndex((time) => time < expiredBefore(group, now))
  if (tooNew < 0 && tooOld < 0 && expired < 0) return undefined
  return {
    ...(tooNew >= 0 && { tooNewLogEventStartIndex: tooNew }),
    ...(tooOld >= 0 && { tooOldLogEventEndIndex: tooOld + 1 }),
    ...(expired >= 0 && { expiredLogEventEndIndex: expired + 1 }),
  }
}

function forgetExpired(group: LogGroup, stream: LogStream, now: number) {
  const before = expiredBefore(group, now)
  const kept = stream.lines.findIndex(({ timestamp }) => timestamp >= before)
  if (kept > 0) stream.lines.splice(0, kept)
}
