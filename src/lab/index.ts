// Starts the lab: a small AWS on a loopback port that the official clients cannot tell from the real one.

import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Call, createCalls } from './calls.ts'
import { type Clock, createClock } from './clock.ts'
import { seedState } from './seed.ts'
import { createLabServer } from './server.ts'
import type { World } from './world.ts'

export type { Call } from './calls.ts'
export type { Clock, ClockChange } from './clock.ts'
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
}

/** A running lab. */
export type Lab = {
  url: string
  port: number
  clock: Clock
  /** The AWS calls answered so far, the latest ten thousand. */
  calls(): Call[]
  stop(): Promise<void>
}

/** Starts a lab and resolves once it listens. */
export async function startLab({ world, port = 0, speed = 1, now }: LabOptions): Promise<Lab> {
  const clock = createClock(now === undefined ? Date.now() : startMoment(now), speed)
  const calls = createCalls()
  const server = createLabServer({
    world,
    state: await seedState(world, clock.now()),
    clock,
    calls,
    past: [],
  })
  const taken = await listen(server, port)
  return { url: `http://127.0.0.1:${taken}`, port: taken, clock, calls: calls.list, stop: () => stop(server) }
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
