// Everything that CI does before a change is taken: types, style, dead code, the package, and all tests.
// The floors and the freshness of generated files are tests.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { root } from './shelf.ts'

const steps: Record<string, string[]> = {
  types: ['typescript/bin/tsc', '-p', '.'],
  style: ['@biomejs/biome/bin/biome', 'check', '--error-on-warnings'],
  'dead code': ['knip/bin/knip.js'],
  build: ['tsx/dist/cli.mjs', 'scripts/build.ts'],
  package: ['publint/src/cli.js', '--strict'],
  tests: ['tsx/dist/cli.mjs', 'scripts/test.ts'],
}

const failed = Object.entries(steps).filter(([name, [command = '', ...args]]) => {
  process.stdout.write(`\n== ${name}\n`)
  const path = fileURLToPath(new URL(`node_modules/${command}`, root))
  return spawnSync(process.execPath, [path, ...args], { cwd: root, stdio: 'inherit' }).status !== 0
})
process.stdout.write(
  failed.length > 0 ? `\nFailed: ${failed.map(([name]) => name).join(', ')}\n` : '\nAll checks passed.\n',
)
process.exitCode = failed.length > 0 ? 1 : 0
