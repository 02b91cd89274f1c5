// Reads the YAML of the files a lab is given.

import { LineCounter, parseDocument } from 'yaml'
import { LabFileError } from './lab-file.ts'

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
