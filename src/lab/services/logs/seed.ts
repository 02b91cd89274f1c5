// Makes log groups from a world.

import { demandMembers } from '#lab/seed-members.ts'
import { arnIn, type Region } from '#lab/state.ts'
import type { Seeding } from '#lab/wire/operations.ts'
import type { RegionSeed } from '#lab/world.ts'
import { momentOf } from '../cloudtrail/moment.ts'
import { checkName } from './errors.ts'
import { newGroup } from './model.ts'
import type { LogGroupSeed, LogStreamSeed } from './seed-types.ts'

/** Fills a region with its log groups. Throws one clear sentence when a seed contradicts itself. */
export function seedLogs(region: Region, seed: RegionSeed, { now }: Seeding): void {
  for (const one of seed.logGroups ?? []) seedGroup(region, one, now)
}

const members = [
  ...['logGroupName', 'retentionInDays', 'kmsKeyId', 'logGroupClass', 'deletionProtectionEnabled'],
  ...['creationTime', 'tags', 'streams'],
]

function seedGroup(region: Region, seed: LogGroupSeed, now: number) {
  const { logGroupName: name, tags = {}, logGroupClass = 'STANDARD', kmsKeyId, retentionInDays } = seed
  const where = `log group ${name}`
  demandMembers(seed, members, where)
  checkName('logGroupName', name)
  if (region.logs.groups.has(name)) throw new Error(`the ${where} is given twice`)
  const streams = (seed.streams ?? []).map((stream) => seedStream(stream, now, where))
  region.logs.groups.set(
    name,
    newGroup({
      name,
      arn: arnIn(region, 'logs', `log-group:${name}`),
      createdAt: momentOf(seed.creationTime ?? '-400d', now, where),
      retentionInDays,
      kmsKeyId,
      logGroupClass,
      isProtected: seed.deletionProtectionEnabled ?? false,
      tags: { ...tags },
      streams: new Map(streams.map((stream) => [stream.name, stream])),
    }),
  )
}

function seedStream(seed: LogStreamSeed, now: number, where: string) {
  demandMembers(seed, ['logStreamName', 'creationTime', 'events'], `a stream of ${where}`)
  const lines = (seed.events ?? []).map(({ timestamp, message }) => {
    const moment = momentOf(timestamp, now, where)
    return { timestamp: moment, message, ingestionTime: moment }
  })
  lines.sort((a, b) => a.timestamp - b.timestamp)
  return {
    name: seed.logStreamName,
    createdAt: seed.creationTime ? momentOf(seed.creationTime, now, where) : (lines[0]?.timestamp ?? now),
    lines,
  }
}
