// A workspace folder: the one place that Redoubt writes to. Its content is readable by its owner only.

import { constants } from 'node:fs'
import { access, mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { harmless } from '#kit/text.ts'
import { Problem } from '#model/problem.ts'

/** Makes sure that a folder exists and can be written to. Throws a Problem when not. */
export async function openFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw notWritable(folder, error)
  }
}

/** Writes a whole file or nothing: to a temporary name, synced, then renamed. Mode 0600. */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    const handle = await open(temporary, 'w', 0o600)
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
  } catch (error) {
    await unlink(temporary).catch(() => {})
    throw notWritable(file, error)
  }
}

/** The names in a folder, sorted; none when it does not exist. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => !name.endsWith('.tmp')).sort()
  } catch (error) {
    if (isMissing(error)) return []
    throw notReadable(folder, error)
  }
}

/** The text of a file, or undefined when there is none. */
export async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw notReadable(file, error)
  }
}

export { join }

export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}

export function notWritable(path: string, error: unknown): Problem {
  const { code = 'an error' } = error as NodeJS.ErrnoException
  return new Problem(
    'environment',
    `${harmless(path)} cannot be written (${code}).`,
    'Choose another folder with --workspace, or correct its permissions.',
    { cause: error },
  )
}

export function notReadable(path: string, error: unknown): Problem {
  const { code = 'an error' } = error as NodeJS.ErrnoException
  return new Problem(
    'environment',
    `${harmless(path)} cannot be read (${code}).`,
    'Correct the path or its permissions.',
    {
      cause: error,
    },
  )
}
