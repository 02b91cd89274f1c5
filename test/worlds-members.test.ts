// A member that nothing reads is refused anywhere in a world: what is misspelt must not be left out in silence.

import { describe, expect, test } from 'vitest'
import { seedState, WorldError } from '#lab/seed.ts'
import { loadWorld, worldNames } from '#lab/worlds/index.ts'

const now = Date.parse('2026-11-23T12:00:00Z')

// Names are free below these: policies are IAM's language, values those of a family, events those of their calls, and
// times of publishing go by the names of tables.
const free = new Set([
  ...['Policy', 'policy', 'Content', 'AuthenticationProfileContent', 'AssumeRolePolicyDocument'],
  ...['PolicyDocument', 'values', 'inForce', 'requestParameters', 'responseElements'],
  ...['additionalEventData', 'serviceEventDetails', 'lastIngestionTimes', 'LastIngestionTimes'],
])

type Place = { path: (string | number)[]; kind: string }

/** Every object of a world, one for each kind of place: items of a list, accounts and regions are alike. */
function placesIn(value: unknown, path: Place['path'] = [], kind = 'world'): Place[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => placesIn(item, [...path, index], `${kind}[]`))
  if (typeof value !== 'object' || value === null) return []
  const below = Object.entries(value).flatMap(([name, member]) =>
    free.has(name) ? [] : placesIn(member, [...path, name], `${kind}.${isMap(path) ? '*' : name}`),
  )
  return isMap(path) ? below : [{ path, kind }, ...below]
}

// Their members are account ids and regions, which have rules of their own.
function isMap(path: Place['path']): boolean {
  return path.at(-1) === 'accounts' || path.at(-1) === 'regions'
}

function at(value: unknown, path: Place['path']): Record<string, unknown> {
  return path.reduce((found, name) => (found as Record<string, unknown>)[name], value) as Record<
    string,
    unknown
  >
}

describe.each(worldNames)('%s', (name) => {
  test('is a world', async () => {
    await expect(seedState(await loadWorld(name), now)).resolves.toBeDefined()
  })

  test('with a misspelt member anywhere is none', async () => {
    const world = await loadWorld(name)
    const kinds = new Map(placesIn(world).map((place) => [place.kind, place]))
    expect(kinds.size).toBeGreaterThan(5)
    const taken: string[] = []
    for (const { path } of kinds.values()) {
      const changed = structuredClone(world)
      at(changed, path).Nonsense = 'yes'
      const outcome = await seedState(changed, now).catch((error: unknown) => error)
      if (!(outcome instanceof WorldError) || !outcome.message.includes('no member Nonsense'))
        taken.push(`${path.join('.')}: ${outcome instanceof Error ? outcome.message : 'taken'}`)
    }
    expect(taken).toEqual([])
  })
})
