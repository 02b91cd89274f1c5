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
  expect(milliseconds).toBeLessThan(30_000)
  expect(stdout.replace(/\s+/g, ' ')).toContain('with the world company. A retailer with three accounts')
  const story = [
    '$ redoubt scan --all-regions',
    '3 accounts, 17 regions',
    'cluster-require-ssl true false',
    'It is set to require TLS, but not before its next reboot.',
    'It will accept plain-text connections after its next reboot.',
    'It is shared with 888877776666, which can restore it: the policy of its key lets it decrypt.',
    'arn:aws:redshift:eu-west-1:444455556666:cluster:campaigns',
    '$ redoubt explain cluster-require-ssl',
    'Without require_ssl the cluster also takes connections in plain text',
    '$ redoubt plan --practice cluster-require-ssl',
    'parameters.require_ssl: false → true',
    'also changes stores at their next reboot: they share the group',
    'Reboot cluster sales impact: reboot',
    '$ redoubt apply',
    '✓ s2 Reboot cluster sales',
    '✓ pass cluster-require-ssl',
    'configured true · in force true',
    '$ redoubt undo',
    'undone: the facts are as they were',
    'It accepts plain-text connections (group reporting).',
    'What to type next',
    'redoubt lab',
    'Nothing is left running.',
  ]
  const told = stdout.replace(/ +/g, ' ')
  let at = 0
  for (const words of story) {
    const found = told.indexOf(words, at)
    expect(found, `"${words}" after ${JSON.stringify(told.slice(at, at + 80))}`).toBeGreaterThanOrEqual(0)
    at = found
  }
  expect(stderr).not.toMatch(/warning|Error|\n {4}at /i)
  expect(readdirSync(temporary)).toEqual([expect.stringMatching(/^redoubt-demo-/)])
  expect(stdout).toContain(join(temporary, readdirSync(temporary)[0] ?? ''))
})
