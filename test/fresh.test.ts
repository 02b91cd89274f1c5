// Generated files are as the sources say.

import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { generated } from '../scripts/generated.ts'
import { root } from '../scripts/shelf.ts'

const pages = await generated()

test.each(pages.map(({ path, text }) => [path, text] as const))(
  '%s is fresh: else npm run generate',
  (path, text) => {
    expect(readFileSync(new URL(path, root), 'utf8')).toBe(text)
  },
)

test('no page of a practice is left that is gone', () => {
  const files = readdirSync(new URL('docs/practices', root)).map((file) => `docs/practices/${file}`)
  expect(files.filter((file) => !pages.some(({ path }) => path === file))).toEqual([])
})

test('the generator sees the shelves', () => {
  expect(pages.length).toBeGreaterThan(12)
  expect(pages.find(({ path }) => path === 'src/practices/index.ts')?.text).toContain(
    "from './cluster-require-ssl.ts'",
  )
})
