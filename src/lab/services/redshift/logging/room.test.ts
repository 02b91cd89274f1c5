// What is kept, and what is forgotten.

import { expect, test } from 'vitest'
import { Room } from './room.ts'

function roomOf(most: number) {
  const made: string[] = []
  const room = new Room<{ size: number }>(most, ({ size }) => size)
  const get = (name: string, size: number) =>
    room.get(name, () => {
      made.push(name)
      return { size }
    })
  return { get, made }
}

test('what is kept is not made again', () => {
  const { get, made } = roomOf(10)
  expect(get('a', 5)).toBe(get('a', 5))
  get('b', 5)
  get('a', 5)
  expect(made).toEqual(['a', 'b'])
})

test('the oldest are forgotten until the rest has room, and made again when they are asked for', () => {
  const { get, made } = roomOf(10)
  for (const name of ['a', 'b', 'c']) get(name, 4)
  get('b', 4)
  get('c', 4)
  expect(made).toEqual(['a', 'b', 'c'])
  get('a', 4)
  get('c', 4)
  get('b', 4)
  expect(made).toEqual(['a', 'b', 'c', 'a', 'b'])
})

test('the latest stays, though it is larger than the room', () => {
  const { get, made } = roomOf(10)
  get('a', 4)
  get('large', 40)
  get('large', 40)
  get('a', 4)
  expect(made).toEqual(['a', 'large', 'a'])
})
