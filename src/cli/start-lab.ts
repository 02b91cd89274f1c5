// Starts a lab with one of its worlds. The only file of the command line that knows the lab from the inside.

import { harmless } from '#kit/text.ts'
import { readFaultFile } from '#lab/faults/fault-file.ts'
import { type Lab, StateFileError, startLab, type World } from '#lab/index.ts'
import { worlds } from '#lab/worlds/index.ts'
import { LabFileError } from '#lab/yaml-file.ts'
import { Problem } from '#model/problem.ts'

export type { Lab }

const shelf: Partial<Record<string, () => Promise<{ default: World }>>> = worlds

/** The names of the worlds. */
export const worldNames: readonly string[] = Object.keys(shelf)

/** How a lab is to be started. */
export type LabWishes = {
  world: string
  port?: number
  speed?: number
  /** The moment to start at, ISO 8601. */
  clock?: string
  stateFile?: string
  /** A YAML file of faults. */
  faults?: string
}

/** Starts a lab. Throws a Problem when there is no such world, or the port is taken. */
export async function startNamedLab({ world: name, clock, faults, ...options }: LabWishes): Promise<Lab> {
  const load = shelf[name]
  if (!load) {
    throw new Problem(
      'usage',
      `There is no world ${JSON.stringify(name)}.`,
      `Choose one of ${worldNames.join(', ')}.`,
    )
  }
  const { default: world } = await load()
  try {
    const rules = faults === undefined ? [] : await readFaultFile(faults)
    const lab = await startLab({ world, ...options, ...(clock === undefined ? {} : { now: clock }) })
    lab.state.faults.push(...rules)
    return lab
  } catch (error) {
    throw asProblem(error, options.port)
  }
}

function asProblem(error: unknown, port: number | undefined): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE' || code === 'EACCES') {
    return new Problem(
      'environment',
      `The lab cannot listen on port ${port} (${code}).`,
      'Choose another --port.',
      {
        cause: error,
      },
    )
  }
  if (error instanceof StateFileError || error instanceof LabFileError) {
    const what = `${harmless(error.message).replace(/^./, (first) => first.toUpperCase())}.`
    return new Problem('environment', what, 'Correct or choose another file; see docs/lab.md.', {
      cause: error,
    })
  }
  if (error instanceof RangeError) {
    return new Problem('usage', `The lab cannot start: ${error.message}.`, 'Correct --clock or --speed.', {
      cause: error,
    })
  }
  return error
}
