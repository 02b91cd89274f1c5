// A lab's state in a file: written whole beside it and renamed, read back only when it is whole.
// The format is V8's own serialisation (maps, dates, bytes and shared objects as they are), packed, with its hash before it.

import { createHash, randomUUID } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { deserialize, serialize } from 'node:v8'
import { packBeside, unpack } from './packed.ts'
import { type PackedEvents, packEvents, unpackEvents } from './services/cloudtrail/packed-events.ts'
import { loadHandlers } from './services/index.ts'
import { addFacts, writeWithoutFacts } from './services/redshift/snapshots/packed-facts.ts'
import type { State } from './state.ts'
import type { World } from './world.ts'

/** What a file holds: the state, the world it came from, and the virtual time, which stands still while no lab runs. */
export type Saved = { world: Pick<World, 'name' | 'about'>; state: State; now: number; speed: number }

const magic = 'redoubt-lab-state/2'

/**
 * Writes a state, as it is now, to a file that only its owner may read: it holds the lab's access keys. Only looking at the
 * state holds the lab up; packing and writing do not.
 */
export async function saveState(file: string, saved: Saved): Promise<void> {
  const body = await bodyOf(saved)
  const beside = `${file}.${randomUUID().slice(0, 8)}.tmp`
  try {
    await writeFile(beside, Buffer.concat([headOf(body), body]), { mode: 0o600, flush: true })
    await rename(beside, file)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
}

/** What is in a file, all of it packed: the state without older events and the facts of many snapshots, and those. */
type Written = { saved: Buffer; older: PackedEvents['older']; facts: Buffer[] }

async function bodyOf(saved: Saved): Promise<Buffer> {
  const { cloudtrail } = saved.state
  const { older, latest } = packEvents(cloudtrail.events)
  const state = { ...saved.state, cloudtrail: { ...cloudtrail, events: latest } }
  const { bytes, facts } = writeWithoutFacts(state, () => serialize({ ...saved, state }))
  return serialize({ saved: await packBeside(bytes), older, facts } satisfies Written)
}

/** Reads a state, or undefined when there is no such file. Throws one sentence when it is not a whole state. */
export async function loadState(file: string): Promise<Saved | undefined> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (!bytes) return undefined
  const saved = readSaved(bytes, file)
  await loadHandlers(saved.state)
  return saved
}

function readSaved(bytes: Buffer, file: string): Saved {
  const body = bytes.subarray(bytes.indexOf('\n') + 1)
  if (!bytes.subarray(0, magic.length).equals(Buffer.from(magic)))
    throw new StateFileError(`${file} is not a lab's state`)
  if (!bytes.subarray(0, bytes.length - body.length).equals(headOf(body)))
    throw new StateFileError(`${file} is damaged: its content does not have the hash at its head`)
  const { saved: packed, older, facts } = deserialize(body) as Written
  const saved = unpack<Saved>(packed)
  const { cloudtrail } = saved.state
  addFacts(saved.state, facts)
  cloudtrail.events = unpackEvents({ older, latest: cloudtrail.events })
  return saved
}

/** A file that is no state, or not a whole one. */
export class StateFileError extends Error {}

function headOf(body: Buffer): Buffer {
  return Buffer.from(`${magic} ${createHash('sha256').update(body).digest('hex')}\n`)
}
