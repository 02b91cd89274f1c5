// Audit logs in CloudWatch Logs: groups that are made with the first delivery, streams that are made when they are read.

import { hour } from '#kit/time.ts'
import type { TaskHandler } from '#lab/agenda.ts'
import type { LogType } from '#lab/people/types.ts'
import { addStreamSource, type StreamSource } from '#lab/services/logs/contents.ts'
import { newGroup, type StreamSourceName } from '#lab/services/logs/model.ts'
import { arnIn, type Region, regionIn, type State } from '#lab/state.ts'
import { heldWithin } from './database.ts'
import { lastDelivery, outcomeAt, sourceKind } from './deliveries.ts'
import { hourOf } from './hours.ts'
import type { Stretch } from './model.ts'
import { linesOf } from './pieces.ts'

const auditStreams: StreamSource = {
  streams(source, group, { state, now }) {
    const stretch = stretchOf(source, state)
    if (!stretch) return []
    // One stream, however often logging was turned on. Of its events only the hours are known before they are made.
    const moments = group.sources.flatMap((other) => {
      const part = other.kind === sourceKind ? stretchOf(other, state) : undefined
      const last = part?.source === stretch.source && lastDelivery(part, now, 'arrives')
      return part && last && last.at >= group.createdAt ? [part.from, last.at - 1] : []
    })
    if (moments.length === 0) return []
    const first = Math.max(group.createdAt - hour, Math.min(...moments))
    const lastEvent = Math.max(...moments)
    return [{ name: stretch.source, createdAt: first + hour, firstEvent: first, lastEvent }]
  },

  *read(source, group, stream, from, to, { state, now }) {
    const stretch = stretchOf(source, state)
    if (stretch?.source !== stream) return
    const { database } = stretch
    const end = Math.min(now, stretch.to ?? now)
    const first = stretch.from + Math.max(1, Math.floor((from - stretch.from) / hour) + 1) * hour
    for (let due = first; due <= end && due - hour < to; due += hour) {
      if (due < group.createdAt || outcomeAt(stretch, due) !== 'arrives') continue
      for (const { at, line } of linesOf(hourOf(database, due)[String(source.type) as LogType], from, to))
        yield { timestamp: at, message: line, ingestionTime: due }
    }
  },
}

addStreamSource(sourceKind, auditStreams)

function stretchOf({ account, region, stretch }: StreamSourceName, state: State): Stretch | undefined {
  const owner = state.accounts.get(String(account))
  return owner && regionIn(owner, String(region)).redshift.deliveries.get(String(stretch))
}

/**
 * `redshift:log-groups`: the groups of what is delivered now are made, unless they are there: "an existing log group with
 * that name is reused" (Management Guide, serverless-audit-logging).
 */
export const makeLogGroups: TaskHandler = (id, { region, now }) => {
  const stretch = region.redshift.deliveries.get(id)
  if (!stretch || (stretch.to !== undefined && stretch.to < now)) return
  if (outcomeAt(stretch, now) === 'arrives') makeGroups(region, stretch, now)
}

// "/aws/redshift/cluster/<cluster>/<log_type>", and "/aws/redshift/<namespace>/<log_type>" (Management Guide, db-auditing and
// serverless-audit-logging). Unverified: that the stream of a namespace has its name, as that of a cluster has.
function folderOf({ database: { kind }, source }: Stretch): string {
  return kind === 'cluster' ? `/aws/redshift/cluster/${source}` : `/aws/redshift/${source}`
}

/** Makes the groups of a stretch as of a moment. */
export function makeGroups(region: Region, stretch: Stretch, at: number): void {
  const { destination, database, id } = stretch
  if (destination.type !== 'cloudwatch') return
  for (const type of destination.exports) {
    if (
      type === 'useractivitylog' &&
      !heldWithin(database, stretch.from, at, ({ activityLogged }) => activityLogged)
    )
      continue
    const name = `${folderOf(stretch)}/${type}`
    const group =
      region.logs.groups.get(name) ??
      newGroup({ name, arn: arnIn(region, 'logs', `log-group:${name}`), createdAt: at })
    region.logs.groups.set(name, group)
    if (group.sources.some(({ stretch: known }) => known === id)) continue
    const { account, region: place } = database
    group.sources.push({ kind: sourceKind, account, region: place, stretch: id, type })
  }
}
