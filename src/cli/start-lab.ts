// Starts a lab with one of its worlds. The only file of the command line that knows the lab from the inside.

import { harmless } from '#kit/text.ts'
import {
  type Lab,
  type LabDescription,
  StateFileError,
  StateInUseError,
  startLab,
  type World,
  WorldError,
} from '#lab/index.ts'
import { LabFileError, readLabFile } from '#lab/lab-file.ts'
import { loadWorld, worldNames } from '#lab/worlds/index.ts'
import { Problem } from '#model/problem.ts'

export type { Lab, LabDescription }
export { worldNames }

/** How a lab is to be started. */
export type LabWishes = {
  /** The name of a world, or a YAML file: whatever has a slash or ends in .yaml or .yml. */
  world: string
  port?: number
  speed?: number
  /** The moment to start at, ISO 8601. */
  clock?: string
  stateFile?: string
  /** A YAML file of faults. */
  faults?: string
}

/** Starts a lab. Throws a Problem when there is no such world, or it cannot be, or the port is taken. */
export async function startNamedLab({ world: wanted, clock, faults, ...options }: LabWishes): Promise<Lab> {
  try {
    const world = await worldOf(wanted)
    const rules = faults === undefined ? [] : await rulesOf(faults)
    const lab = await startLab({ world, ...options, ...(clock === undefined ? {} : { now: clock }) })
    lab.state.faults.push(...rules)
    return lab
  } catch (error) {
    throw asProblem(error, wanted, options.port, options.stateFile)
  }
}

/** Starts a lab of a world that is at hand as plain data, on a free port; what it says is checked like a file's. */
export async function startLabOf(
  world: object,
  { clock, speed }: { clock: string; speed: number },
): Promise<Lab> {
  try {
    return await startLab({ world: world as World, now: clock, speed })
  } catch (error) {
    if (!(error instanceof WorldError)) throw error
    const what = `No lab can be made of that scan: ${harmless(error.message)}.`
    throw new Problem('internal', what, 'This is a mistake in Redoubt; please report it.', { cause: error })
  }
}

async function worldOf(wanted: string): Promise<World> {
  if (isFile(wanted)) return worldOfFile(wanted)
  const name = worldNames.find((known) => known === wanted)
  if (name) return loadWorld(name)
  throw new Problem(
    'usage',
    `There is no world ${JSON.stringify(wanted)}.`,
    `Choose one of ${worldNames.join(', ')}, or name a file such as ./${/^\w+$/.test(wanted) ? wanted : 'world'}.yaml.`,
  )
}

// YAML is loaded only where there is a file to read.
async function worldOfFile(file: string): Promise<World> {
  const { readWorld } = await import('#lab/world-file.ts')
  return readWorld(await readLabFile(file), file)
}

async function rulesOf(file: string) {
  const { readFaultFile } = await import('#lab/faults/fault-file.ts')
  return readFaultFile(file)
}

function isFile(wanted: string): boolean {
  return /[/\\]|\.ya?ml$/.test(wanted)
}

function asProblem(
  error: unknown,
  world: string,
  port: number | undefined,
  stateFile: string | undefined,
): unknown {
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
  if (code === 'ERR_SOCKET_BAD_PORT') {
    return new Problem('usage', `${port} is no port.`, 'Choose a --port from 0 to 65535.', { cause: error })
  }
  if (stateFile !== undefined && code !== undefined && /^E[A-Z]+$/.test(code)) {
    const what = `The state cannot be kept in ${harmless(stateFile)} (${code}).`
    return new Problem('environment', what, 'Choose another --state.', { cause: error })
  }
  if (error instanceof StateInUseError) {
    return new Problem(
      'environment',
      `${harmless(error.message)}.`,
      `Stop that lab, or choose another --state; if that is no lab, remove ${harmless(error.lock)}.`,
      { cause: error },
    )
  }
  if (error instanceof StateFileError || error instanceof LabFileError) {
    return fileProblem(error, error.message)
  }
  if (error instanceof WorldError && isFile(world)) return fileProblem(error, `${world}: ${error.message}`)
  if (error instanceof RangeError) {
    return new Problem('usage', `The lab cannot start: ${error.message}.`, 'Correct --clock or --speed.', {
      cause: error,
    })
  }
  return error
}

function fileProblem(cause: Error, message: string): Problem {
  // A sentence begins with a capital, but a file keeps its name.
  const what = `${harmless(message).replace(/^there /, 'There ')}.`
  return new Problem('environment', what, 'Correct or choose another file; see docs/lab.md.', { cause })
}
