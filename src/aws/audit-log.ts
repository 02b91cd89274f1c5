// The text of a user activity log, as it comes: files in a bucket, or events in CloudWatch Logs.

import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { madeOnce } from '#kit/made-once.ts'
import { day, hour, isoDay } from '#kit/time.ts'
import { logFolder } from '#model/log-delivery.ts'
import { type Gap, isGap, type Place } from '#model/resource.ts'
import { type FoundBucket, findBucket } from './bucket-location.ts'
import type { Door } from './door.ts'

/** Where the user activity log of a cluster or namespace lies. */
export type LogSource = { cluster: string; bucket: string; prefix: string } | { group: string }

/** From when to when: milliseconds. */
export type Window = { from: number; to: number }

/** Hears the text; that of one stream is in order, and bytes are characters, so that nothing needs to be decoded. */
export type Take = (text: string, stream: string) => void

/** Finds the buckets of logs for a door, each once: the clusters of a region mostly share one. */
export function bucketFinder(door: Door): (name: string) => Promise<FoundBucket> {
  const known = new Map<string, Promise<FoundBucket>>()
  return (name) => madeOnce(known, name, () => findBucket(door, name))
}

/** Reads a log within a window, and gives what could not be read of it. */
export function readLog(
  door: Door,
  source: LogSource,
  window: Window,
  find: (name: string) => Promise<FoundBucket>,
  take: Take,
): Promise<Gap[]> {
  return 'group' in source
    ? readGroup(door, source.group, window, take)
    : readFiles(door, source, window, find, take)
}

type Files = Extract<LogSource, { bucket: string }>

async function readFiles(
  place: Door,
  source: Files,
  window: Window,
  find: (name: string) => Promise<FoundBucket>,
  take: Take,
): Promise<Gap[]> {
  const Bucket = source.bucket
  const { location, door } = await find(Bucket)
  if (isGap(location)) return [location]
  if (location.value === null) {
    const message = `bucket ${Bucket} does not exist`
    const { source: asked, takenAt } = location
    return [{ source: asked, takenAt, gap: 'failed', code: 'NoSuchBucket', message }]
  }
  const gaps: Gap[] = []
  // One after the other, in order of time: a record may go on in the next file.
  for (const Prefix of foldersOf(place, source, window)) {
    const keys = door.pages('s3:ListObjectsV2', { Bucket, Prefix }, ({ Contents = [] }) =>
      Contents.map(({ Key = '' }) => Key).filter((key) => isWithin(key, window)),
    )
    for await (const page of keys) {
      if (isGap(page)) return [...gaps, page]
      for (const Key of page.value) {
        const read = await door.read({ Bucket, Key }, (body) => inflated(body, (text) => take(text, '')))
        if (!isGap(read)) continue
        gaps.push({ ...read, message: `${Key} in ${Bucket}: ${read.message}` })
        // What is refused once is refused for every file, and nobody waits for what was interrupted.
        if (read.gap === 'refused' || read.code === 'Interrupted') return gaps
      }
    }
  }
  return gaps
}

/**
 * What the keys of a cluster's files begin with, a folder a day: db-auditing. A file may lie in the folder of the day after
 * the one that its name tells (signalfx/aws-log-collector, fixtures).
 */
function foldersOf(place: Place, { cluster, prefix }: Files, { from, to }: Window): string[] {
  const { account, region } = place
  const name = `${account}_redshift_${region}_${cluster}_useractivitylog_`
  const first = Math.floor(earliest(from) / day)
  return Array.from({ length: Math.floor(to / day) - first + 1 }, (_, index) => {
    const folder = isoDay((first + index) * day).replaceAll('-', '/')
    return `${logFolder(place, prefix)}${folder}/${name}`
  })
}

/** A file holds about an hour. Unverified: whether the time in its name is when that began or ended. */
const earliest = (from: number) => from - hour

/** What has no time in its name that can be read may be of any time. */
function isWithin(key: string, { from }: Window): boolean {
  const [, stamp] = /_(\d{4}-\d\d-\d\dT\d\d:\d\d)\.gz$/.exec(key) ?? []
  return !(Date.parse(`${stamp}Z`) < earliest(from))
}

/** Four times as fast as pieces of the default 16 kB. */
const chunkSize = 1024 * 1024

async function inflated(body: AsyncIterable<Uint8Array>, take: (text: string) => void): Promise<void> {
  await pipeline(body, createGunzip({ chunkSize }), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) take(chunk.toString('latin1'))
  })
}

async function readGroup(door: Door, logGroupName: string, { from, to }: Window, take: Take): Promise<Gap[]> {
  const window = { startTime: from, endTime: to }
  for await (const page of door.pages('logs:FilterLogEvents', { logGroupName, ...window }, (o) => o.events)) {
    // A group is made when something is delivered there for the first time.
    if (isGap(page)) return page.code === 'ResourceNotFoundException' ? [] : [page]
    for (const { message = '', logStreamName = '' } of page.value) take(`${message}\n`, logStreamName)
  }
  return []
}
