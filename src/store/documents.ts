// Immutable JSON documents, one a file, named by their id.

import { harmless } from '#kit/text.ts'
import { Problem } from '#model/problem.ts'
import { join, namesIn, openFolder, readText, writeWhole } from './folder.ts'

/** The kinds of documents, which are folders of a workspace. */
export type Kind = 'plans'

type Document = { id: string; schema: string }

/**
 * An id that sorts by the time at which it was given, by this computer's clock: `20261122T142041123Z-3f9ab7`. `seed`
 * tells documents of one millisecond apart; use a hash of their content.
 */
export function idFor(at: number, seed: string): string {
  const time = new Date(at).toISOString().replace(/[-:.]/g, '')
  return `${time}-${seed.replace(/^sha256:/, '').slice(0, 6)}`
}

/** An id that sorts with the document it was made from. */
export function idLike(other: string, seed: string): string {
  return `${other.slice(0, other.indexOf('-'))}-${seed.replace(/^sha256:/, '').slice(0, 6)}`
}

/** Saves a document and gives its path. */
export async function saveDocument(workspace: string, kind: Kind, document: Document): Promise<string> {
  await openFolder(workspace)
  const file = join(workspace, kind, `${document.id}.json`)
  await writeWhole(file, `${JSON.stringify(document, null, 2)}\n`)
  return file
}

/** The ids of a kind, oldest first. */
export async function documentIds(workspace: string, kind: Kind): Promise<string[]> {
  const names = await namesIn(join(workspace, kind))
  return names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length))
}

/** The text of a document as JSON, from a path or from an id in the workspace; undefined when there is neither. */
export async function readDocument(workspace: string, kind: Kind, idOrPath: string): Promise<unknown> {
  const isId = /^[\w-]+$/.test(idOrPath)
  const inWorkspace = isId ? await readText(join(workspace, kind, `${idOrPath}.json`)) : undefined
  const text = inWorkspace ?? (await readText(idOrPath))
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch (error) {
    const what = `${harmless(idOrPath)} is not a JSON document: ${harmless((error as Error).message)}.`
    throw new Problem('usage', what, 'Name a document that Redoubt wrote.', { cause: error })
  }
}
