// The truth of a lab, by its control endpoint.

import { expect, test } from 'vitest'
import { useLab } from './testing/lab.ts'
import { home, testWorld } from './testing/world.ts'

const lab = useLab(() => {
  const world = testWorld()
  const incidents = [
    { kind: 'bulk-unload' as const, at: '-2d', id: 'leak' },
    { kind: 'password-guessing' as const, at: '+6h', id: 'guess' },
  ]
  world.accounts[home]?.regions['eu-west-1']?.clusters?.push({
    ClusterIdentifier: 'shop',
    people: { incidents },
  })
  return world
})

const ids = async (query: string) => {
  const { body } = await lab.control('GET', `truth${query}`)
  return (body.truth as { id: string; warehouse: object }[]).map(({ id }) => id)
}

test('what was planted is told of a window, the future too', async () => {
  expect(await ids('')).toEqual(['leak'])
  expect(await ids('?from=-1d&to=%2B1d')).toEqual(['guess'])
  const { body } = await lab.control('GET', 'truth')
  expect(body.truth).toMatchObject([
    {
      kind: 'bulk-unload',
      isNearMiss: false,
      warehouse: { account: home, region: 'eu-west-1', name: 'shop' },
    },
  ])
})

test('a window that is none is refused', async () => {
  expect(await lab.control('GET', 'truth?from=soon')).toMatchObject({ status: 400 })
  expect(await lab.control('GET', 'truth?from=-1d&to=-2d')).toMatchObject({ status: 400 })
  expect(await lab.control('GET', 'truth?since=-1d')).toMatchObject({ status: 400 })
})
