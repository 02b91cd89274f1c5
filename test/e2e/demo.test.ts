// The demo: the main job from beginning to end, in less than a minute, with nothing left behind but a workspace.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { redoubt } from '../command.ts'

const temporary = mkdtempSync(join(tmpdir(), 'redoubt-test-'))

afterEach(() => rmSync(temporary, { recursive: true, force: true }))

test('redoubt demo', async () => {
  // Credentials of somebody else stand in the environment: the demo must not look at them.
  const env = {
    TMPDIR: temporary,
    AWS_PROFILE: 'production',
    AWS_ACCESS_KEY_ID: 'AKIAREAL',
    AWS_REGION: 'us-gov-west-1',
  }
  const { code, stdout, stderr, milliseconds } = await redoubt(['demo'], { env, cwd: '/' })
  expect(code).toBe(0)
  expect(milliseconds).toBeLessThan(60_000)
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    'It has 2 accounts; the demo looks at one of them, 111122223333.',
  )
  const story = [
    '$ redoubt scan',
    'cluster-require-ssl  true                     false',
    'It is set to require TLS, but not before its next reboot.',
    '$ redoubt explain cluster-require-ssl',
    'Without require_ssl the cluster also takes connections in plain text',
    '$ redoubt plan --practice cluster-require-ssl',
    'parameters.require_ssl: false → true',
    'Reboot cluster sales  impact: reboot',
    '$ redoubt apply',
    '✓ s2  Reboot cluster sales',
    '✓ pass  cluster-require-ssl',
    'configured true · in force true',
    '$ redoubt undo',
    'undone: the facts are as they were',
    'It accepts plain-text connections (group reporting).',
    'What to type next',
    'redoubt lab',
    'Nothing is left running.',
  ]
  let at = 0
  for (const words of story) {
    const found = stdout.indexOf(words, at)
    expect(found, `"${words}" after ${JSON.stringify(stdout.slice(at, at + 80))}`).toBeGreaterThanOrEqual(0)
    at = found
  }
  expect(stderr).not.toMatch(/warning|Error|\n {4}at /i)
  expect(readdirSync(temporary)).toEqual([expect.stringMatching(/^redoubt-demo-/)])
  expect(stdout).toContain(join(temporary, readdirSync(temporary)[0] ?? ''))
})
