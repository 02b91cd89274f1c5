// Reads a world from YAML.

import type { World } from './world.ts'
import { worldFrom } from './world-from.ts'
import { readYaml } from './yaml-file.ts'

/** The world of a YAML text; `where` names the text in the sentence of the LabFileError that refuses it. */
export function readWorld(text: string, where: string): World {
  return worldFrom(readYaml(text, where), where)
}
