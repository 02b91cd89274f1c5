// Where a command speaks: data goes to stdout, everything else to stderr, and questions need a person.

import { createInterface } from 'node:readline/promises'
import { styleText } from 'node:util'
import { Problem } from '#model/problem.ts'
import { type Paint, plainPaint } from './view/paint.ts'

/** What a command may know and use of the outside. */
export type Terminal = {
  env: NodeJS.ProcessEnv
  /** Aborted by the first Ctrl-C. */
  signal: AbortSignal
  /** Columns of stdout; 100 where nobody can tell. */
  width: number
  /** Colours for stdout. */
  paint: Paint
  /** True when a person reads stderr and can answer. */
  interactive: boolean
  /** Data, to stdout. */
  print(text: string): void
  /** Anything else, to stderr. */
  tell(text: string): void
  /** A line that replaces the one before; only shown on a terminal. */
  progress(line: string): void
  /** Asks yes or no. Without a person it is a usage problem, which `--yes` avoids. */
  confirm(question: string): Promise<boolean>
}

type Process = Pick<NodeJS.Process, 'env' | 'stdin' | 'stdout' | 'stderr'>

const formats = {
  bad: 'red',
  good: 'green',
  warn: 'yellow',
  dim: 'dim',
  strong: 'bold',
  name: 'cyan',
} as const

/** The terminal of a process. `color` is the option of that name. */
export function openTerminal(
  { env, stdin, stdout, stderr }: Process,
  color: 'auto' | 'always' | 'never',
  signal: AbortSignal,
): Terminal {
  const interactive = stdin.isTTY === true && stderr.isTTY === true
  let shown = false
  const clear = () => {
    if (shown) stderr.write('\r\u001b[K')
    shown = false
  }
  return {
    env,
    signal,
    // A terminal that nobody has measured says 0.
    width: Math.max(40, (stdout.isTTY && stdout.columns) || 100),
    paint: isColored(color, stdout.isTTY === true, env) ? ansiPaint : plainPaint,
    interactive,
    print: (text) => {
      clear()
      stdout.write(`${text}\n`)
    },
    tell: (text) => {
      clear()
      stderr.write(`${text}\n`)
    },
    progress: (line) => {
      if (!stderr.isTTY) return
      clear()
      stderr.write(line.slice(0, (stderr.columns || 80) - 1))
      shown = true
    },
    confirm: async (question) => {
      clear()
      if (!interactive) {
        throw new Problem(
          'usage',
          'This needs an answer from a person, and there is no terminal.',
          'Read the plan and add --yes if it should be done without asking.',
        )
      }
      return ask(stdin, stderr, question, signal)
    },
  }
}

/** Colour when it was asked for; else only on a terminal whose owner has not set NO_COLOR. */
export function isColored(
  color: 'auto' | 'always' | 'never',
  isTerminal: boolean,
  env: NodeJS.ProcessEnv,
): boolean {
  if (color !== 'auto') return color === 'always'
  return isTerminal && !env.NO_COLOR && env.TERM !== 'dumb'
}

const ansiPaint: Paint = (role, text) => styleText(formats[role], text, { validateStream: false })

async function ask(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  question: string,
  signal: AbortSignal,
): Promise<boolean> {
  const lines = createInterface({ input, output })
  try {
    const answer = await lines.question(`${question} [y/N] `, { signal })
    return /^y(es)?$/i.test(answer.trim())
  } finally {
    lines.close()
  }
}
