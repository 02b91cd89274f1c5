// An hour as text is its records, however many it has.

import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { activityLine, connectionLine, userLine } from '#lab/people/lines.ts'
import { recordsIn } from './database.ts'
import { hourOf } from './hours.ts'
import type { Database } from './model.ts'
import { fileOf, sizeOf } from './pieces.ts'

const due = Date.parse('2026-06-01T12:00:00Z')
const hour = 3_600_000

function databaseWith(linesPerHour: number): Database {
  return {
    account: '111122223333',
    region: 'eu-west-1',
    name: 'sales',
    kind: 'cluster',
    database: 'dev',
    adminUser: 'awsuser',
    createdAt: due - 100 * hour,
    worldNow: due,
    people: { linesPerHour, incidents: [{ kind: 'create-superuser', at: '-30m' }] },
    // Down for some minutes: what would have been written then is nowhere.
    history: [
      { from: due - 50 * hour, isUp: true, activityLogged: true, requireSsl: false },
      { from: due - 20 * 60_000, isUp: false, activityLogged: true, requireSsl: false },
      { from: due - 10 * 60_000, isUp: true, activityLogged: true, requireSsl: false },
    ],
  }
}

// More than 100,000 lines are made in several parts.
test.each([100, 110_000])('%i lines', (linesPerHour) => {
  const database = databaseWith(linesPerHour)
  const hourly = hourOf(database, due)
  const { connections, users, activities } = recordsIn(database, due - hour, due)
  expect(connections.length + activities.length).toBeGreaterThan(linesPerHour / 2)
  expect(users).not.toEqual([])
  const textOf = (lines: string[]) => lines.map((line) => `${line}\n`).join('')
  const made = (log: keyof typeof hourly) => gunzipSync(fileOf(hourly[log])).toString()
  // Compared outside of expect, which would take minutes for the difference of two such texts.
  expect(made('connectionlog') === textOf(connections.map(connectionLine))).toBe(true)
  expect(made('userlog')).toBe(textOf(users.map(userLine)))
  expect(made('useractivitylog') === textOf(activities.map(activityLine))).toBe(true)
  expect(hourOf(database, due) === hourly).toBe(true)
  expect(hourOf({ ...database }, due) === hourly).toBe(false)
})

test('at most 64 MB of hours are kept: the first is forgotten, and made again the same', () => {
  const database = databaseWith(150_000)
  const first = hourOf(database, due)
  let bytes = bytesOf(first)
  let latest = due
  while (bytes <= 64_000_000) {
    if (bytes < 32_000_000) expect(hourOf(database, due) === first).toBe(true)
    latest -= hour
    bytes += bytesOf(hourOf(database, latest))
  }
  const again = hourOf(database, due)
  expect(again === first).toBe(false)
  expect(fileOf(again.connectionlog).equals(fileOf(first.connectionlog))).toBe(true)
}, 60_000)

function bytesOf(made: ReturnType<typeof hourOf>): number {
  return Object.values(made)
    .flat()
    .reduce((sum, piece) => sum + sizeOf(piece), 0)
}
