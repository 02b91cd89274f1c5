// The lab's sources and the tests of the checkout, as texts that the page of fidelity is made from.

import { readdirSync, readFileSync } from 'node:fs'

const root = new URL('../../../', import.meta.url)

/** A file by its path in the checkout. */
export type SourceFile = { path: string; text: string }

/** Every file below a folder whose path has the ending, sorted. */
export function filesBelow(folder: string, isWanted: (path: string) => boolean): SourceFile[] {
  return readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter(isWanted)
    .sort()
    .map((path) => ({ path, text: readFileSync(new URL(path, root), 'utf8') }))
}
