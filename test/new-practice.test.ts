// A trial of `npm run new practice`, in a copy of the checkout: after its own two files are edited, and no other by hand,
// the practice compiles, passes the common suite, and fires where it should.

import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { generated } from '../scripts/generated.ts'
import { emptyFolder } from './command.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const parts = [
  'src',
  'scripts',
  'test',
  'docs',
  'schemas',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
]
const id = 'cluster-trial-routing'

test('npm run new practice', { timeout: 180_000 }, async () => {
  const copy = await emptyFolder()
  for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  const node = (script: string, ...args: string[]) => {
    const file = join(copy, 'node_modules', script)
    const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
      cwd: copy,
      encoding: 'utf8',
    })
    return { status, output: stdout + stderr }
  }
  const suite = (...others: string[]) =>
    node('vitest/vitest.mjs', 'run', `src/practices/${id}.test.ts`, ...others)

  const made = node('tsx/dist/cli.mjs', 'scripts/new.ts', 'practice', id)
  expect(made).toMatchObject({
    status: 0,
    output: expect.stringContaining(`npx vitest run src/practices/${id}.test.ts`),
  })
  expect(node('typescript/bin/tsc', '-p', '.')).toEqual({ status: 0, output: '' })
  const raw = suite()
  expect(raw.status).toBe(1)
  expect(raw.output).toContain('title, why, when not to and guide are written')

  for (const [from, to] of [
    ['practice.txt', `${id}.ts`],
    ['test.txt', `${id}.test.ts`],
  ] as const) {
    writeFileSync(join(copy, 'src/practices', to), readFileSync(join(root, 'test/trial', from)))
  }
  expect(node('tsx/dist/cli.mjs', 'scripts/generate.ts').output).toContain(`wrote docs/practices/${id}.md`)
  expect(node('typescript/bin/tsc', '-p', '.')).toEqual({ status: 0, output: '' })
  const passed = suite('src/app/scan.test.ts')
  expect(passed.output).toMatch(/Test Files .*2 passed/)
  expect(passed.status).toBe(0)
  const worlds = node('vitest/vitest.mjs', 'run', 'test/worlds.test.ts', '-t', `${id}|hardened`)
  expect(worlds).toMatchObject({ status: 0 })
  const mixed = node('vitest/vitest.mjs', 'run', 'test/worlds.test.ts', '-t', 'column in the table')
  expect(mixed.output).toContain(`write test/mixed/${id}.ts`)
  expect(readFileSync(join(copy, 'docs/permissions.md'), 'utf8')).toContain(`[${id}](practices/${id}.md)`)

  const again = node('tsx/dist/cli.mjs', 'scripts/new.ts', 'practice', id)
  expect(again).toEqual({ status: 252, output: `src/practices/${id}.ts exists already.\n` })
})

test('the trial is not left on the shelf', async () => {
  expect((await generated()).filter(({ path }) => path.includes(id))).toEqual([])
})
