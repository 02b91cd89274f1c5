// The worlds there are, by name: a YAML file each, read when it is asked for. The package has them as JSON as well, which
// is read in a hundredth of the time.

import { readFile } from 'node:fs/promises'
import type { World } from '../world.ts'
import { worldFrom } from '../world-from.ts'

/** The worlds that come with the lab. */
export const worldNames = ['chaos', 'company', 'hardened', 'mixed', 'neglected'] as const

/** One of their names. */
export type WorldName = (typeof worldNames)[number]

/** Reads one of the worlds. */
export async function loadWorld(name: WorldName): Promise<World> {
  const where = `the world ${name}`
  const content = (await packed(name)) ?? (await written(name, where))
  const like = likeOf(content)
  if (!like) return worldFrom(content, where)
  const { like: _, ...own } = content as Partial<World> & { like: WorldName }
  return { ...(await loadWorld(like)), ...own }
}

// By way of the folder above: they lie beside this file in a checkout, and beside dist/chunks/ once it is bundled.
function textOf(file: string): Promise<string> {
  return readFile(new URL(`../worlds/${file}`, import.meta.url), 'utf8')
}

/** What a world says, as the build wrote it down; undefined in a checkout. */
async function packed(name: WorldName): Promise<unknown> {
  const text = await textOf(`${name}.json`).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  return text === undefined ? undefined : JSON.parse(text)
}

async function written(name: WorldName, where: string): Promise<unknown> {
  const { readYaml } = await import('../yaml-file.ts')
  return readYaml(await textOf(`${name}.yaml`), where)
}

/** The world that another is like but for what it says itself. */
function likeOf(content: unknown): WorldName | undefined {
  const { like } = (content ?? {}) as { like?: unknown }
  return worldNames.find((name) => name === like)
}
