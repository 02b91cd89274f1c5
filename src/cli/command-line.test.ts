// Lines to type: by the name that works here, with the options that lead to the same place.

import { expect, test } from 'vitest'
import { commandLine, withCommandLines } from './command-line.ts'
import type { GlobalOptions } from './global.ts'

const nothing: GlobalOptions = {
  profile: undefined,
  region: [],
  allRegions: undefined,
  endpointUrl: undefined,
  workspace: '.redoubt',
  settings: undefined,
  color: 'auto',
}
const given: GlobalOptions = {
  ...nothing,
  profile: 'audit',
  region: ['eu-west-1', 'us-east-1'],
  endpointUrl: 'http://127.0.0.1:4566',
  workspace: "it's here",
  color: 'always',
}

test.each([
  [{}, 'redoubt plan'],
  [{ npm_lifecycle_event: 'redoubt' }, 'npm run -s redoubt -- plan'],
  [{ npm_lifecycle_event: 'demo' }, 'npm run -s redoubt -- plan'],
  [{ npm_lifecycle_event: 'test' }, 'redoubt plan'],
])('%j: %s', (env, line) => {
  expect(commandLine(env, nothing)('plan')).toBe(line)
})

test('what was given goes with it, quoted for a shell; colour and defaults do not', () => {
  expect(commandLine({}, given)('show x')).toBe(
    "redoubt show x --profile audit --region eu-west-1 --region us-east-1 --endpoint-url http://127.0.0.1:4566 --workspace 'it'\\''s here'",
  )
  expect(commandLine({}, { ...given, command: 'scan', practice: ['x'] } as never)('lab clock +1d')).toBe(
    'redoubt lab clock +1d',
  )
})

test('options of one command are not carried to another', () => {
  const line = commandLine({}, { ...nothing, output: 'json', practice: ['x'] } as never)
  expect(line('apply p1')).toBe('redoubt apply p1')
})

test('in a sentence, lines in double quotes are written so that they work', () => {
  const line = commandLine({ npm_lifecycle_event: 'redoubt' }, { ...nothing, workspace: 'w' })
  expect(withCommandLines('Run "redoubt undo p1" again, or "aws configure".', line)).toBe(
    'Run "npm run -s redoubt -- undo p1 --workspace w" again, or "aws configure".',
  )
})
