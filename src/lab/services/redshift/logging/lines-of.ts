// The lines of one log in a window of records, as files and log events have them alike.

import { activityLine, connectionLine, userLine } from '#lab/people/lines.ts'
import type { LogType, Records } from '#lab/people/types.ts'

/** One record of a log as text; that of the activity log has as many lines as its statement. */
export type Line = { at: number; line: string }

/** The lines of one log, in order of time. */
export function linesOf({ connections, users, activities }: Records, type: LogType): Line[] {
  if (type === 'connectionlog')
    return connections.map((record) => ({ at: record.recordtime, line: connectionLine(record) }))
  if (type === 'userlog') return users.map((record) => ({ at: record.recordtime, line: userLine(record) }))
  return activities.map((record) => ({ at: record.recordtime, line: activityLine(record) }))
}
