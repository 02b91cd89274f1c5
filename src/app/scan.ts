// Scan: collect, assess, save.

import { randomBytes } from 'node:crypto'
import type { Connection } from '#aws/connection.ts'
import { collectors } from '#collectors/index.ts'
import { assess } from '#engine/assess.ts'
import { collect } from '#engine/collect.ts'
import type { SeenInLogs } from '#engine/data-buckets.ts'
import { keepHeapSmall } from '#kit/heap.ts'
import type { KeptAssessment } from '#model/assessment.ts'
import type { Manifest } from '#model/inventory.ts'
import { idFor } from '#store/documents.ts'
import { connect } from './connect.ts'
import { choosePractices } from './practices.ts'
import { readLogs } from './read-logs.ts'
import type { Workspace } from './workspace.ts'

export type ScanOptions = {
  /** Ids of the practices to judge by; all when absent. */
  practices?: readonly string[]
  /** Read the logs of so many days, or none with 0; what the settings say when absent. */
  logDays?: number | undefined
  /** Hears how far the reading of logs is. */
  reading?: (done: number, of: number, warehouse: string) => void
  progress?: (done: number, of: number, place: string) => void
}

/** Takes an inventory and judges it. Throws a Problem when nothing could be asked, or nothing was answered. */
export async function scan(
  workspace: Workspace,
  connection: Connection,
  { practices, logDays, reading, progress }: ScanOptions = {},
): Promise<{ assessment: KeptAssessment; manifest: Manifest; seenInLogs?: SeenInLogs | undefined }> {
  keepHeapSmall()
  const chosen = choosePractices(workspace.settings, practices)
  const session = await connect(workspace, connection)
  try {
    const id = idFor(Date.now(), randomBytes(3).toString('hex'))
    const days = logDays ?? workspace.settings.readLogs?.days ?? 0
    const seenInLogs = days > 0 ? await readLogs(session, { days, progress: reading }) : undefined
    const inventory = await collect(session, collectors, {
      workspace: workspace.folder,
      id,
      regionsBy: connection.allRegions ? 'allRegions' : connection.regions.length > 0 ? 'region' : undefined,
      dataBuckets: workspace.settings.dataBuckets,
      seenInLogs,
      progress,
      signal: connection.signal,
    })
    const assessment = await assess(inventory, chosen, workspace.settings, workspace.folder)
    return { assessment, manifest: inventory.manifest, seenInLogs }
  } finally {
    session.close()
  }
}
