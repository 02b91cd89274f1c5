// Starts the lab: a small AWS on a loopback port that the official clients cannot tell from the real one.

import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { iso } from '#kit/time.ts'
import type { Lab as FrontLab } from './answer.ts'
import { type Call, createCalls } from './calls.ts'
import { type Clock, createClock } from './clock.ts'
import { describeLab, type LabDescription } from './describe.ts'
import { holdFile, type Keeper, keepState, releaseFile } from './keep-state.ts'
import { seedState } from './seed.ts'
import { createLabServer } from './server.ts'
import type { State } from './state.ts'
import { loadState } from './state-file.ts'
import type { World } from './world.ts'

export type { Call } from './calls.ts'
export type { Clock, ClockChange } from './clock.ts'
export type { LabDescription } from './describe.ts'
export { StateInUseError } from './keep-state.ts'
export { WorldError } from './seed.ts'
export { StateFileError } from './state-file.ts'
export type * from './world.ts'

/** What to start: a world, and where and when. */
export type LabOptions = {
  world: World
  /** 0, the default, takes a free one. */
  port?: number
  /** Virtual seconds in each real second; 1 by default. */
  speed?: number
  /** The virtual moment to start at, ISO 8601; the real one by default. */
  now?: string
  /**
   * A file for the state. If it is there the lab goes on from it, at the moment it was saved, and `world` is not looked
   * at; it is saved before a call that changes something is answered, every few seconds otherwise, and when the lab
   * stops. One lab at a time has it.
   */
  stateFile?: string
}

/** A running lab. */
export type Lab = {
  url: string
  port: number
  clock: Clock
  /** The AWS calls answered so far, the latest ten thousand. */
  calls(): Call[]
  /** Its world, accounts and access keys. */
  describe(): LabDescription
  /** Everything the lab remembers: for tests that look behind AWS's answers. */
  state: State
  stop(): Promise<void>
}

/** Starts a lab and resolves once it listens. */
export async function startLab(options: LabOptions): Promise<Lab> {
  const { stateFile } = options
  if (stateFile === undefined) return runLab(options)
  await holdFile(stateFile)
  const release = () => releaseFile(stateFile)
  try {
    const lab = await runLab(options)
    return { ...lab, stop: () => lab.stop().finally(release) }
  } catch (error) {
    await release()
    throw error
  }
}

async function runLab({ port = 0, stateFile, ...options }: LabOptions): Promise<Lab> {
  const lab = await openLab(stateFile, options)
  const server = createLabServer(lab)
  let keeper: Keeper | undefined
  if (stateFile !== undefined) {
    keeper = await keepState(stateFile, lab)
    lab.kept = keeper.kept
  }
  const taken = await listen(server, port).catch(async (error) => {
    await keeper?.stop()
    throw error
  })
  const stopped = async () => {
    await stop(server)
    await keeper?.stop()
  }
  return {
    url: `http://127.0.0.1:${taken}`,
    port: taken,
    clock: lab.clock,
    calls: lab.calls.list,
    describe: () => describeLab(lab),
    state: lab.state,
    stop: stopped,
  }
}

async function openLab(stateFile: string | undefined, options: Omit<LabOptions, 'port'>): Promise<FrontLab> {
  const { world, speed, now } = options
  const saved = stateFile === undefined ? undefined : await loadState(stateFile)
  const start = now === undefined ? (saved?.now ?? Date.now()) : startMoment(now)
  if (saved && start < saved.now)
    throw new RangeError(`time cannot move backwards: the state was saved at ${iso(saved.now)}`)
  // The world is of the moment that was asked for, to the millisecond: time begins to run when it is there.
  const state = saved?.state ?? (await seedState(world, start))
  const clock = createClock(start, speed ?? saved?.speed ?? 1)
  const { name, about } = saved?.world ?? world
  return {
    world: { name, about },
    state,
    clock,
    calls: createCalls(),
    past: [],
    requests: 0,
    kept: async () => {},
  }
}

function startMoment(text: string): number {
  const moment = Date.parse(text)
  if (Number.isNaN(moment)) throw new RangeError(`"${text}" is not an ISO 8601 moment`)
  return moment
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    // Loopback only: the lab accepts known secrets and must not be reached from elsewhere.
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
