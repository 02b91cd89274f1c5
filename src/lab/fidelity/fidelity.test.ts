// Every operation has code, a source and a test that calls it, and every rule has the tests that it says it has.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { findService, serviceNames } from '../services/index.ts'
import { declaredCommands } from './clients.ts'
import { readDoubts, readFacts } from './facts.ts'
import { pathOf, rules } from './rules.ts'
import { readTests } from './tested.ts'

const tested = readTests(serviceNames)

describe.each(serviceNames)('%s', async (name) => {
  const operations = [...((await findService(name))?.operations.keys() ?? [])]
  const facts = readFacts(name)

  test('has operations that the SDK knows', () => {
    expect(operations.length).toBeGreaterThan(2)
    expect(declaredCommands(name)).toEqual(expect.arrayContaining(operations))
  })

  test('has code and a source for each operation', () => {
    expect(operations.filter((operation) => !facts(operation)?.sources.length)).toEqual([])
  })

  test('has a test that calls each operation', () => {
    expect(operations.filter((operation) => tested(name, operation).length === 0)).toEqual([])
  })

  test.each(['src/lab/testing/drive-boto3.py', 'src/lab/aws-cli.test.ts'])('is driven in %s', (path) => {
    expect(operations.some((operation) => tested(name, operation).includes(path))).toBe(true)
  })
})

test('an operation that nobody calls has no test', () => {
  expect(tested('redshift', 'DescribePartners')).toEqual([])
  expect(tested('kms', 'CreateKey')).toContain('src/lab/testing/drive-boto3.py')
  expect(tested('s3', 'ListObjectsV2')).toContain('src/lab/aws-cli.test.ts')
})

test('remarks of what is unverified are found', () => {
  expect(readDoubts().length).toBeGreaterThan(200)
})

test.each(rules.map((rule, index) => [index + 1, rule] as const))(
  'rule %i has its tests',
  (_, { heldBy }) => {
    for (const [file, titles] of Object.entries(heldBy)) {
      const text = readFileSync(new URL(`../../../${pathOf(file)}`, import.meta.url), 'utf8')
      for (const title of titles) expect(text).toContain(`'${title}',`)
    }
  },
)
