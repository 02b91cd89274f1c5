// The lab as boto3 sees it: typed exceptions, paginators and waiters of a client that shares no code with our wire.

import { execFile, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { fullWorld } from './fidelity/testing/world.ts'
import { serviceNames } from './services/index.ts'
import { useLab } from './testing/lab.ts'
import { alice } from './testing/world.ts'

const python = '/usr/bin/python3'
const present = spawnSync(python, ['-c', 'import boto3']).status === 0
const lab = useLab(fullWorld)
const script = fileURLToPath(new URL('./testing/drive-boto3.py', import.meta.url))

// The lab answers from this process, so it must not be blocked while python asks.
function run(): Promise<Record<string, string[]>> {
  const env = {
    PATH: process.env.PATH,
    AWS_ACCESS_KEY_ID: alice.accessKeyId,
    AWS_SECRET_ACCESS_KEY: alice.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  return new Promise((resolve, reject) => {
    execFile(python, [script, lab.lab.url], { env }, (error, stdout, stderr) => {
      if (error) reject(new Error(stderr))
      else resolve(JSON.parse(stdout))
    })
  })
}

test.skipIf(!present)(
  `boto3 drives every service of the lab${present ? '' : ' (install the package python3-boto3)'}`,
  async () => {
    const called = await run()
    expect(Object.keys(called).sort()).toEqual([...serviceNames].sort())
    expect(Object.values(called).flat().length).toBeGreaterThanOrEqual(160)
    expect(new Set(Object.values(called).flat()).size).toBeGreaterThanOrEqual(60)
  },
)
