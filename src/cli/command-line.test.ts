// Lines to type: by the name that works here, with the options that lead to the same place.

import { expect, test } from 'vitest'
import { commandLine, lineAsScanned, withCommandLines } from './command-line.ts'
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
  expect(commandLine({}, given)('scan')).toBe(
    "redoubt scan --profile audit --region eu-west-1 --region us-east-1 --endpoint-url http://127.0.0.1:4566 --workspace 'it'\\''s here'",
  )
  expect(commandLine({}, { ...given, command: 'scan', practice: ['x'] } as never)('lab clock +1d')).toBe(
    'redoubt lab clock +1d',
  )
})

test('regions go only where nothing else says them: a plan knows its own, and the newest scan where it looked', () => {
  const line = commandLine({}, { ...nothing, profile: 'audit', region: ['eu-west-1', 'us-east-1'] })
  expect(line('show x')).toBe('redoubt show x --profile audit')
  expect(line('apply p1')).toBe('redoubt apply p1 --profile audit')
  expect(commandLine({}, { ...nothing, allRegions: true })('plan')).toBe('redoubt plan')
  expect(commandLine({}, { ...nothing, allRegions: true })('scan')).toBe('redoubt scan --all-regions')
})

test('another scan looks where the one before did, unless the run names other regions', () => {
  const before = { region: ['eu-west-1'] }
  expect(lineAsScanned({}, nothing, before)('scan')).toBe('redoubt scan --region eu-west-1')
  expect(lineAsScanned({}, nothing, before)('apply p1')).toBe('redoubt apply p1')
  expect(lineAsScanned({}, nothing, { allRegions: true })('scan')).toBe('redoubt scan --all-regions')
  expect(lineAsScanned({}, { ...nothing, region: ['us-east-1'] }, before)('scan')).toBe(
    'redoubt scan --region us-east-1',
  )
})

test('another scan reads as many days of logs as the one before; nothing else reads any', () => {
  const line = lineAsScanned({}, { ...nothing, region: ['us-east-1'] }, { readLogs: 9 })
  expect(line('scan')).toBe('redoubt scan --read-logs 9 --region us-east-1')
  expect(line('apply p1')).toBe('redoubt apply p1')
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
