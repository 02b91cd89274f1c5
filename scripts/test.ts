// Builds, runs all tests, and says at the end which were skipped and what to install so that they run.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from './shelf.ts'

type Results = {
  numPassedTests: number
  numFailedTests: number
  testResults: {
    name: string
    status: string
    message: string
    assertionResults: { status: string; fullName: string }[]
  }[]
}

// The tests of the command run what is built: it must be what is written.
await import('./build.ts')

const folder = mkdtempSync(join(tmpdir(), 'redoubt-test-'))
const file = join(folder, 'results.json')
const { status } = spawnSync(
  process.execPath,
  [
    fileURLToPath(new URL('node_modules/vitest/vitest.mjs', root)),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
)
const results = readResults()
rmSync(folder, { recursive: true, force: true })
process.exitCode = results ? report(results) : (status ?? 1)

function readResults(): Results | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Results
  } catch {
    return undefined
  }
}

/** Says what was skipped, and the totals on a line of their own. A file that could not be run counts as one failure. */
function report({ numPassedTests, numFailedTests, testResults }: Results): number {
  const skipped = testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status: state }) => state !== 'passed' && state !== 'failed'),
  )
  const broken = testResults.filter(
    ({ status: state, assertionResults }) =>
      state === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  )
  if (skipped.length > 0) {
    process.stdout.write(`\n${skipped.length} skipped; each name says what to install:\n`)
    for (const { fullName } of skipped) process.stdout.write(`  - ${fullName}\n`)
  }
  for (const { name, message } of broken) process.stdout.write(`\ncould not run ${name}: ${message}\n`)
  const failed = numFailedTests + broken.length
  process.stdout.write(`\n${numPassedTests} passed, ${failed} failed, ${skipped.length} skipped\n`)
  return failed > 0 || status !== 0 ? 1 : 0
}
