// What was planted in the logs of a lab: for whoever judges whether a detection found it.

import { parseDuration } from '#kit/time.ts'
import type { TruthEntry } from './people/types.ts'
import { truthIn } from './services/redshift/logging/database.ts'
import type { State } from './state.ts'

/** The entries of all databases that left a record in [from, to), those of warehouses that are gone but logged, too. */
export function truthOfLab({ accounts }: State, from: number, to: number): TruthEntry[] {
  const regions = [...accounts.values()].flatMap((account) => [...account.regions.values()])
  const databases = new Set(
    regions.flatMap(({ redshift: { clusters, deliveries }, serverless: { namespaces } }) =>
      [...clusters.values(), ...namespaces.values(), ...deliveries.values()].map(({ database }) => database),
    ),
  )
  return [...databases].flatMap((database) => (database ? truthIn(database, from, to) : []))
}

/** The window that a query names: `from` and `to` as moments or durations from now; the last 30 days to now by default. */
export function windowOf(query: string, now: number): { from: number; to: number } {
  const asked = new URLSearchParams(query)
  const unknown = [...asked.keys()].find((name) => name !== 'from' && name !== 'to')
  if (unknown !== undefined) throw new Error(`the truth is asked with from and to, not with ${unknown}`)
  const [from, to] = [momentOf(asked.get('from') ?? '-30d', now), momentOf(asked.get('to') ?? '0s', now)]
  if (from > to) throw new Error('from must not be after to')
  return { from, to }
}

function momentOf(text: string, now: number): number {
  const duration = parseDuration(text)
  const moment = duration === undefined ? Date.parse(text) : now + duration
  if (Number.isNaN(moment)) throw new Error(`${text} is no moment such as 2026-11-22T14:00:00Z or -26h`)
  return moment
}
