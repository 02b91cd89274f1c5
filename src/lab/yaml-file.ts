// Reads the YAML files a lab is given: worlds and faults.

import { readFile } from 'node:fs/promises'
import { LineCounter, parseDocument } from 'yaml'

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

// Anchors and merge keys are for people who write worlds; more aliases than this are an attack.
const mostAliases = 10_000

/** What a YAML text says; `where` names the text in the sentence that refuses it. */
export function readYaml(text: string, where: string): unknown {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true })
  const [error] = document.errors
  if (error) {
    const { line, col } = lines.linePos(error.pos[0])
    const [why] = error.message.split('\n')
    throw new LabFileError(`${where} is not YAML: line ${line}, column ${col}: ${why}`)
  }
  try {
    return document.toJS({ maxAliasCount: mostAliases })
  } catch (error) {
    throw new LabFileError(`${where} is not YAML: ${(error as Error).message}`)
  }
}
