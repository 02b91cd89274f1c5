// Reads faults from a YAML file: a list of them, or one.

import { LabFileError, readLabFile } from '../lab-file.ts'
import { readYaml } from '../yaml-file.ts'
import type { FaultRule } from './faults.ts'
import { readFaults } from './read-faults.ts'

/** The rules of a file. Throws a LabFileError with one sentence. */
export async function readFaultFile(file: string): Promise<FaultRule[]> {
  const content = readYaml(await readLabFile(file), file)
  try {
    return await readFaults(content)
  } catch (error) {
    throw new LabFileError(`${file} cannot be used: ${(error as Error).message}`)
  }
}
