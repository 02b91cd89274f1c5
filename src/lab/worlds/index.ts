// The worlds there are, by name: a YAML file each, read when it is asked for.

import { readFile } from 'node:fs/promises'
import type { World } from '../world.ts'
import { worldFrom } from '../world-file.ts'
import { readYaml } from '../yaml-file.ts'

/** The worlds that come with the lab. */
export const worldNames = ['chaos', 'company', 'hardened', 'mixed', 'neglected'] as const

/** One of their names. */
export type WorldName = (typeof worldNames)[number]

/** Reads one of the worlds. */
export async function loadWorld(name: WorldName): Promise<World> {
  // By way of the folder above: they lie beside this file in a checkout, and beside dist/chunks/ once it is bundled.
  const file = new URL(`../worlds/${name}.yaml`, import.meta.url)
  const where = `the world ${name}`
  const content = readYaml(await readFile(file, 'utf8'), where)
  const like = likeOf(content)
  if (!like) return worldFrom(content, where)
  const { like: _, ...own } = content as Partial<World> & { like: WorldName }
  return { ...(await loadWorld(like)), ...own }
}

/** The world that another is like but for what it says itself. */
function likeOf(content: unknown): WorldName | undefined {
  const { like } = (content ?? {}) as { like?: unknown }
  return worldNames.find((name) => name === like)
}
