// The shelves: folders of which every file is one member, and how their generated indexes look.

import { readdirSync } from 'node:fs'

/** The root of the checkout, with a slash at its end. */
export const root = new URL('../', import.meta.url)

/** Files of a shelf that are not members of it. */
const shared = ['index.ts', 'examples.ts', 'common.ts']

/** The names of the members of a shelf, sorted. */
export function membersOf(shelf: string): string[] {
  return readdirSync(new URL(shelf, root))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !shared.includes(file))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort()
}

/** The default exports of the members of a shelf, in the order of their names. */
export async function loadShelf<T>(shelf: string): Promise<T[]> {
  const loaded: T[] = []
  for (const name of membersOf(shelf)) {
    const url = new URL(`${shelf}/${name}.ts`, root)
    loaded.push(((await import(url.href)) as { default: T }).default)
  }
  return loaded
}

/** `cluster-require-ssl` → `clusterRequireSsl`. */
export function identifierOf(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
