// Starts a lab with one of its worlds. The only file of the command line that knows the lab from the inside.

import { type Lab, startLab, type World } from '#lab/index.ts'
import { worlds } from '#lab/worlds/index.ts'
import { Problem } from '#model/problem.ts'

const shelf: Partial<Record<string, () => Promise<{ default: World }>>> = worlds

/** The names of the worlds. */
export const worldNames: readonly string[] = Object.keys(shelf)

/** How a lab is to be started. */
export type LabWishes = { world: string; port?: number; speed?: number; now?: string }

/** Starts a lab. Throws a Problem when there is no such world, or the port is taken. */
export async function startNamedLab({ world: name, ...options }: LabWishes): Promise<Lab & { world: World }> {
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
    return { ...(await startLab({ world, ...options })), world }
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
  if (error instanceof RangeError) {
    return new Problem('usage', `The lab cannot start: ${error.message}.`, 'Correct --now or --speed.', {
      cause: error,
    })
  }
  return error
}
