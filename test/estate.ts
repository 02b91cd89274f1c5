// An estate for a test: a lab with a world in it, a workspace in a temporary folder, and the way to reach it.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import type { Attendance } from '#app/apply.ts'
import { openWorkspace, type Workspace } from '#app/workspace.ts'
import type { Connection } from '#aws/connection.ts'
import { type Pace, paceBy, realTime } from '#kit/pace.ts'
import { type Lab, startLab, type World } from '#lab/index.ts'
import type { RegionSeed } from '#lab/world.ts'

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'
process.env.AWS_EC2_METADATA_DISABLED = 'true'

export type Estate = {
  lab: Lab
  workspace: Workspace
  connection: Connection
  /** How time passes in it for who waits. */
  pace: Pace
  /** Somebody who says yes to everything, and loses patience with a step after 20 of the seconds that pass there. */
  attended: Attendance & { patience: number }
  /** Calls of one action that reached the lab and were answered with success. */
  succeeded(action: string): number
  /** Calls the lab's control endpoint. */
  control(path: string, body: object): Promise<void>
}

const opened: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of opened.splice(0)) await close()
})

export const account = '111122223333'
export const region = 'eu-west-1'
export const accessKey = 'AKIALABESTATE0000001'
const secret = 'the-secret-of-an-estate'

/** The ARN of something in the estate: `cluster:sales`. */
export const arn = (resource: string) => `arn:aws:redshift:${region}:${account}:${resource}`

/** A world of one account and one region. */
export function worldOf(seed: RegionSeed): World {
  return {
    name: 'estate',
    about: 'One account and one region, for a test.',
    accounts: {
      [account]: { accessKeys: [{ id: accessKey, secret, user: 'tester' }], regions: { [region]: seed } },
    },
  }
}

/** Credentials of the estate, as environment variables. */
export const credentials = { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secret, AWS_REGION: region }

/** Starts an estate; it is closed after the test. Time passes fast, and at once for who waits. */
export async function openEstate(world: World, speed = 600): Promise<Estate> {
  Object.assign(process.env, credentials)
  const lab = await startLab({ world, speed: 0 })
  const pace = speed > 0 ? paceBy(lab.clock, speed) : realTime
  const folder = await mkdtemp(join(tmpdir(), 'redoubt-test-'))
  opened.push(async () => {
    await lab.stop()
    await rm(folder, { recursive: true })
  })
  return {
    lab,
    workspace: await openWorkspace({ folder: join(folder, 'workspace') }),
    connection: { regions: [region], allRegions: false, endpointUrl: lab.url },
    pace,
    attended: { approve: async () => true, watch: () => {}, patience: 20_000, pace },
    succeeded: (action) => lab.calls().filter((call) => call.action === action && call.status === 200).length,
    async control(path, body) {
      const response = await fetch(`${lab.url}/_lab/${path}`, { method: 'POST', body: JSON.stringify(body) })
      if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
    },
  }
}

/** One for commands in processes of their own: they wait in real time, so its time passes by itself, fast. */
export async function openRunningEstate(world: World, speed = 600): Promise<Estate> {
  const estate = await openEstate(world, 0)
  estate.lab.clock.change({ speed })
  return estate
}
