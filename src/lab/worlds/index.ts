// The worlds there are, by name: a YAML file each, read when it is asked for.

import { readFile } from 'node:fs/promises'
import type { World } from '../world.ts'
import { readWorld } from '../world-file.ts'

/** The worlds that come with the lab. */
export const worldNames = ['company', 'hardened', 'mixed', 'neglected'] as const

/** One of their names. */
export type WorldName = (typeof worldNames)[number]

/** Reads one of the worlds. */
export async function loadWorld(name: WorldName): Promise<World> {
  // By way of the folder above: they lie beside this file in a checkout, and beside dist/chunks/ once it is bundled.
  const file = new URL(`../worlds/${name}.yaml`, import.meta.url)
  return readWorld(await readFile(file, 'utf8'), `the world ${name}`)
}
