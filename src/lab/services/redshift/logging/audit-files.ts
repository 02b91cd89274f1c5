// The log files in buckets, made when they are listed and read. Names: Management Guide, db-auditing.

import { hour, minute } from '#kit/time.ts'
import type { LogType } from '#lab/people/types.ts'
import { addSource, type Made, type MadeObject, type ObjectSource } from '#lab/services/s3/contents.ts'
import { compareKeys } from '#lab/services/s3/keys.ts'
import type { SourceName } from '#lab/services/s3/model.ts'
import { regionIn, type State } from '#lab/state.ts'
import { heldWithin } from './database.ts'
import { folderOf, outcomeAt, sourceKind } from './deliveries.ts'
import { hourOf } from './hours.ts'
import type { Stretch } from './model.ts'
import { fileOf as packedFile } from './pieces.ts'

// In order of key. "At a minimum … hourly": one file of each log an hour, as real listings show it
// (aws/redshift-test-drive, audit_objects.json). Unverified: that there is one where nothing was logged, too.
const logTypes: LogType[] = ['connectionlog', 'useractivitylog', 'userlog']

const auditFiles: ObjectSource = {
  list(source, bucket, prefix, after, limit, { state, now }) {
    const found: Made[] = []
    const stretch = stretchOf(source, state)
    if (!stretch) return found
    for (const { key, due } of filesOf(stretch, prefix, after, now)) {
      if (due < bucket.createdAt) continue
      found.push({ Key: key, LastModified: due })
      if (found.length === limit) break
    }
    return found
  },

  read(source, bucket, key, { state, now }) {
    const stretch = stretchOf(source, state)
    const file = stretch && fileOf(stretch, key)
    if (!file || file.due > now || file.due < bucket.createdAt) return undefined
    return written(stretch, file)
  },
}

addSource(sourceKind, auditFiles)

function stretchOf({ account, region, stretch }: SourceName, state: State): Stretch | undefined {
  const owner = state.accounts.get(String(account))
  return owner && regionIn(owner, String(region)).redshift.deliveries.get(String(stretch))
}

type File = { type: LogType; due: number }

function written({ database }: Stretch, { type, due }: File): MadeObject {
  return { body: packedFile(hourOf(database, due)[type]), lastModified: due }
}

// Days without a file that is asked for are passed over by their names alone.
function* filesOf(stretch: Stretch, prefix: string, after: string, now: number) {
  const { from } = stretch
  const end = Math.min(now, stretch.to ?? now)
  for (let due = from + hour; due <= end; ) {
    const next = firstOfNextDay(due, from)
    const folder = dayFolder(stretch, due)
    const isAsked = folder.startsWith(prefix) || prefix.startsWith(folder)
    if (isAsked && (after.startsWith(folder) || compareKeys(folder, after) > 0))
      yield* filesOfDay(stretch, { due, end: Math.min(end, next - 1) }, prefix, after)
    due = next
  }
}

function* filesOfDay(stretch: Stretch, day: { due: number; end: number }, prefix: string, after: string) {
  for (const type of logTypes) {
    for (let { due } = day; due <= day.end; due += hour) {
      const key = keyOf(stretch, type, due)
      if (!key.startsWith(prefix) || (after !== '' && compareKeys(key, after) <= 0)) continue
      if (isDelivered(stretch, type, due)) yield { key, due }
    }
  }
}

function firstOfNextDay(due: number, from: number): number {
  const midnight = new Date(due).setUTCHours(24, 0, 0, 0)
  return from + Math.ceil((midnight - from) / hour) * hour
}

// The activity log is written only while enable_user_activity_logging is in force.
function isDelivered(stretch: Stretch, type: LogType, due: number): boolean {
  if (outcomeAt(stretch, due) !== 'arrives') return false
  if (type !== 'useractivitylog') return true
  return heldWithin(stretch.database, due - hour, due, ({ activityLogged }) => activityLogged)
}

function dayFolder({ destination, database: { account, region } }: Stretch, due: number): string {
  const prefix = destination.type === 's3' ? destination.prefix : ''
  const day = new Date(due).toISOString().slice(0, 10).replaceAll('-', '/')
  return `${folderOf({ account: { id: account }, name: region }, prefix)}${day}/`
}

function keyOf(stretch: Stretch, type: LogType, due: number): string {
  const { account, region } = stretch.database
  const stamp = new Date(due).toISOString().slice(0, 16)
  return `${dayFolder(stretch, due)}${account}_redshift_${region}_${stretch.source}_${type}_${stamp}.gz`
}

function fileOf(stretch: Stretch, key: string): File | undefined {
  const [, name, stamp] = /_([a-z]+)_(\d{4}-\d\d-\d\dT\d\d:\d\d)\.gz$/.exec(key) ?? []
  const type = logTypes.find((one) => one === name)
  if (!type) return undefined
  const { from, to = Number.POSITIVE_INFINITY } = stretch
  // Names have minutes only.
  const due = from + Math.ceil((Date.parse(`${stamp}Z`) - from) / hour) * hour
  if (due - Date.parse(`${stamp}Z`) >= minute || due < from + hour || due > to) return undefined
  return keyOf(stretch, type, due) === key && isDelivered(stretch, type, due) ? { type, due } : undefined
}
