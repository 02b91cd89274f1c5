// Opens the session that a verb works through.

import type { Connection } from '#aws/connection.ts'
import { openSession, type Session } from '#aws/session.ts'
import type { Workspace } from './workspace.ts'

/** Opens a session for a workspace: its regions stand in where the connection names none, its accounts are assumed. */
export async function connect(workspace: Workspace, connection: Connection): Promise<Session> {
  const { regions, accounts } = workspace.settings
  const wanted = connection.regions.length > 0 || connection.allRegions ? connection.regions : regions
  return openSession({ ...connection, regions: wanted }, accounts)
}
