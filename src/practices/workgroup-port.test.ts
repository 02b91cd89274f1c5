// Edges of workgroup-port: where it is moved to, and that somebody must ask for it.

import { expect, test } from 'vitest'
import { workgroup } from './examples/workgroup.ts'
import { holdsInCommon } from './testing/common.ts'
import { changesOf, holdOf, verdictOf } from './testing/example.ts'
import practice from './workgroup-port.ts'

holdsInCommon(practice)

const onDefault = workgroup({ reason: '', facts: { port: 5439 }, settings: { port: 8200 } })

test('it is moved to the port of the settings, when it is named', () => {
  expect(changesOf(practice, onDefault)[0]?.call.input).toEqual({ workgroupName: 'planning', port: 8200 })
  expect(holdOf(practice, onDefault)).toBe('every client must be told the new port: name it with --resource')
})

test('without a port it is unknown', () => {
  const silent = workgroup({ reason: '', facts: { port: undefined } as never })
  expect(verdictOf(practice, silent)).toBe('unknown untold: does not tell on which port it listens')
})

test('AWS may tell its port of the endpoint alone', () => {
  const at = (port: number) =>
    workgroup({ reason: '', facts: { port: undefined, endpoint: { port } } as never })
  expect(verdictOf(practice, at(5439))).toMatch(/^fail default-port: /)
  expect(verdictOf(practice, at(5440))).toBe('pass own-port: listens on port 5440')
})
