// The files trails deliver into buckets, made when they are listed and read. The events of all accounts are kept in one
// bounded list, longer than the 90 days of the history; with the oldest events, the oldest files go.
// No digest files: a trail may have validation switched on, and nothing more comes of it.

import { gzipSync } from 'node:zlib'
import { hexOf } from '#lab/ids.ts'
import type { State } from '#lab/state.ts'
import { addSource, type MadeObject, type ObjectSource, type Where } from '../s3/contents.ts'
import { compareKeys } from '../s3/keys.ts'
import type { Bucket } from '../s3/model.ts'
import { deliveredAt, hasEvent, slot } from './delivery.ts'
import { eventOf } from './event.ts'
import type { Recorded, Stretch } from './model.ts'

type File = { key: string; due: number; stretch: Stretch; events: Recorded[] }

type Index = {
  files: Map<string, File>
  /** In order of key; undefined after a change. */
  sorted: File[] | undefined
  /** By stretch, up to which moment its events are in files. */
  until: Map<string, number>
}

// Beside the state: what is forgotten here is found again, the same.
const indexes = new WeakMap<State, Map<string, Index>>()

const trailFiles: ObjectSource = {
  list(_source, bucket, prefix, after, limit, where) {
    const { files, sorted } = indexOf(bucket, where)
    const inOrder = sorted ?? [...files.values()]
    const found = []
    for (let at = firstAfter(inOrder, prefix, after); at < inOrder.length && found.length < limit; at += 1) {
      const file = inOrder[at]
      if (!file?.key.startsWith(prefix)) break
      const moment = arrival(file, bucket)
      if (moment !== undefined) found.push({ Key: file.key, LastModified: moment })
    }
    return found
  },

  read(_source, bucket, key, where) {
    const file = indexOf(bucket, where).files.get(key)
    const moment = file && arrival(file, bucket)
    return file && moment !== undefined ? written(file, moment) : undefined
  },
}

addSource('cloudtrail', trailFiles)

function written({ events, stretch: { kmsKeyId } }: File, lastModified: number): MadeObject {
  const body = gzipSync(JSON.stringify({ Records: events.map(eventOf) }))
  return {
    body,
    lastModified,
    facts: {
      ContentType: 'application/json',
      ContentEncoding: 'gzip',
      ...(kmsKeyId === undefined
        ? { ServerSideEncryption: 'AES256' as const }
        : { ServerSideEncryption: 'aws:kms' as const, SSEKMSKeyId: kmsKeyId }),
    },
  }
}

/** When a file came to a bucket; undefined if it has not. What a bucket of that name held before is gone. */
function arrival({ stretch, due }: File, { createdAt }: Bucket): number | undefined {
  const at = deliveredAt(stretch, due)
  return at !== undefined && at >= createdAt ? at : undefined
}

function firstAfter(files: File[], prefix: string, after: string): number {
  const isBefore = (key: string) =>
    compareKeys(key, prefix) < 0 || (after !== '' && compareKeys(key, after) <= 0)
  let low = 0
  let high = files.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBefore(files[middle]?.key ?? '')) low = middle + 1
    else high = middle
  }
  return low
}

function indexOf(bucket: Bucket, { state, now }: Where): Index {
  const all = indexes.get(state) ?? new Map<string, Index>()
  indexes.set(state, all)
  const name = `${bucket.partition}/${bucket.name}`
  const index = all.get(name) ?? { files: new Map(), sorted: undefined, until: new Map() }
  all.set(name, index)
  forgetDropped(index, state.cloudtrail.whole)
  for (const stretch of state.cloudtrail.stretches.values()) {
    if (stretch.bucket === bucket.name && stretch.partition === bucket.partition)
      addFiles(index, state, stretch, Math.floor(now / slot) * slot)
  }
  index.sorted ??= [...index.files.values()].sort((a, b) => compareKeys(a.key, b.key))
  return index
}

function forgetDropped(index: Index, whole: number) {
  if (whole === Number.NEGATIVE_INFINITY) return
  for (const [key, { due }] of index.files) {
    if (due - slot >= whole) continue
    index.files.delete(key)
    index.sorted = undefined
  }
}

function addFiles(index: Index, state: State, stretch: Stretch, end: number) {
  const { events, whole } = state.cloudtrail
  const from = index.until.get(stretch.id) ?? stretch.from
  if (from >= end) return
  for (let at = firstNotBefore(events, from); at < events.length; at += 1) {
    const event = events[at]
    if (!event || event.at >= end || (stretch.to !== undefined && event.at > stretch.to)) break
    const due = (Math.floor(event.at / slot) + 1) * slot
    if (due - slot >= whole && hasEvent(stretch, event)) addTo(index, stretch, event, due)
  }
  index.until.set(stretch.id, end)
}

function addTo(index: Index, stretch: Stretch, event: Recorded, due: number) {
  const key = keyOf(stretch, event, due)
  const file = index.files.get(key)
  if (file) {
    file.events.push(event)
    return
  }
  index.files.set(key, { key, due, stretch, events: [event] })
  index.sorted = undefined
}

// Names: CloudTrail User Guide, "Finding your CloudTrail log files" and "CloudTrail log file examples".
function keyOf(stretch: Stretch, { account, region }: Recorded, due: number): string {
  const time = new Date(due).toISOString()
  const [year, month, dayAndTime = ''] = time.split('-')
  const day = dayAndTime.slice(0, 2)
  const stamp = `${year}${month}${day}T${time.slice(11, 13)}${time.slice(14, 16)}Z`
  const organization = stretch.organization ? `${stretch.organization.id}/` : ''
  const folder = `${stretch.prefix}AWSLogs/${organization}${account}/CloudTrail/${region}/${year}/${month}/${day}`
  return `${folder}/${account}_CloudTrail_${region}_${stamp}_${uniqueOf(`${stretch.id} ${account} ${region} ${due}`)}.json.gz`
}

// Sixteen letters and digits.
function uniqueOf(name: string): string {
  const letters = Buffer.from(hexOf(name, 64), 'hex')
    .toString('base64')
    .replaceAll(/[^A-Za-z0-9]/g, '')
  return letters.padEnd(16, '0').slice(0, 16)
}

/** The place of the first event that is not before a moment. */
export function firstNotBefore(events: Recorded[], moment: number): number {
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((events[middle]?.at ?? 0) < moment) low = middle + 1
    else high = middle
  }
  return low
}
