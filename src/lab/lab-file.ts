// The files a lab is given, as text: worlds and faults. What YAML says is read elsewhere, so that a lab without a file does
// not load YAML.

import { readFile } from 'node:fs/promises'

/** A file that cannot be used: one sentence, with line and column where its text is no YAML. */
export class LabFileError extends Error {}

/** The text of a file. Throws a LabFileError when it cannot be read. */
export async function readLabFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new LabFileError(
      code === 'ENOENT' ? `there is no file ${file}` : `${file} cannot be read (${code})`,
    )
  }
}
