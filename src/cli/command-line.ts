// Lines for a person to type next, so that they work when pasted: the program by the name it has here, and the global
// options without which the line would end up elsewhere.

import { flagOf, type OptionSpec } from './command.ts'
import { type GlobalOptions, globalOptions } from './global.ts'
import { shellWord } from './view/words.ts'

/** From the words of a command to the line to type: `plan` → `redoubt plan --workspace audit`. */
export type CommandLine = (words: string) => string

/** Writes lines that reach the same place as the run which prints them. */
export function commandLine(env: NodeJS.ProcessEnv, global: Partial<GlobalOptions> = {}): CommandLine {
  const program = programOf(env)
  const { region: _, allRegions: __, ...others } = global
  const [given, placed] = [givenOptions(others), givenOptions(global)]
  return (words) => {
    const [command = ''] = words.split(' ')
    const options = /^(demo|explain|lab|<|--)/.test(words) ? [] : knowPlaces.has(command) ? given : placed
    return [program, words, ...options].join(' ')
  }
}

/** The commands that need no regions: their plan says where it works, or the newest scan where it looked. */
const knowPlaces = new Set(['plan', 'do', 'show', 'apply', 'verify', 'undo', 'journal'])

/**
 * Lines as `commandLine` writes them, which scan the regions of an earlier scan again where the run names none, and read as
 * many days of logs.
 */
export function lineAsScanned(
  env: NodeJS.ProcessEnv,
  global: Partial<GlobalOptions>,
  { readLogs, ...sameRegions }: Pick<Partial<GlobalOptions>, 'region' | 'allRegions'> & { readLogs?: number },
): CommandLine {
  const names = global.allRegions || (global.region ?? []).length > 0
  const line = commandLine(env, names ? global : { ...global, ...sameRegions })
  return (words) => line(words === 'scan' && readLogs ? `scan --read-logs ${readLogs}` : words)
}

/** npm runs the command of a checkout by a script, and then tells which one; nothing else puts it in the path. */
function programOf({ npm_lifecycle_event: script = '' }: NodeJS.ProcessEnv): string {
  return ['redoubt', 'demo'].includes(script) ? 'npm run -s redoubt --' : 'redoubt'
}

/** Those that say where to look and where to keep it, as they were given; defaults need not be typed. */
function givenOptions(global: Partial<GlobalOptions>): string[] {
  const { color: _, ...specs }: Record<string, OptionSpec> = globalOptions
  return Object.entries(specs).flatMap(([name, { default: preset }]) => {
    const value = global[name as keyof GlobalOptions]
    if (typeof value === 'boolean') return value ? [flagOf(name)] : []
    return [value ?? []]
      .flat()
      .filter((word) => word !== preset)
      .map((word) => `${flagOf(name)} ${shellWord(word)}`)
  })
}

/** A sentence in which lines of Redoubt stand in double quotes, with each as it must be typed here. */
export function withCommandLines(sentence: string, line: CommandLine): string {
  return sentence.replace(/"redoubt ([^"]+)"/g, (_, words: string) => `"${line(words)}"`)
}
