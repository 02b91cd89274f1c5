// What can be completed where, from the commands' own definitions; the scripts of all shells are made from it.

import { type AnyCommand, type ArgumentSpec, flagOf, type OptionSpec, typed } from '../command.ts'
import { globalOptions } from '../global.ts'

/**
 * What may stand somewhere: one of these words, or the name of a file as well, the name of a file or folder, or something
 * that nobody can guess.
 */
export type Choice = readonly string[] | { orFile: readonly string[] } | 'file' | 'folder' | 'anything'

/** The words that may stand somewhere. */
export function wordsOf(choice: Choice | undefined): readonly string[] {
  if (choice === undefined || typeof choice === 'string') return []
  return 'orFile' in choice ? choice.orFile : choice
}

/** An option as it is typed, with what its value may be; a switch takes none. */
export type Flag = { names: string[]; about: string; value?: Choice }

/** A command; with an empty name the program itself, whose options every command has besides its own. */
export type Entry = {
  name: string
  about: string
  flags: Flag[]
  /** Its first argument. */
  argument: Choice | undefined
}

/** An action of `redoubt do`: its words, and the options that it knows. */
type Action = { name: string; summary: string; options: readonly string[] }

/** What stands on the shelves: ids of practices, formats of reports, worlds of the lab, and actions. */
export type Lists = {
  practices: readonly string[]
  formats: readonly string[]
  worlds: readonly string[]
  actions: readonly Action[]
}

/** All commands, behind the program itself. */
export function completionTable(commands: readonly AnyCommand[], lists: Lists): Entry[] {
  const help = { names: ['--help'], about: 'Show help.' }
  return [
    { name: '', about: '', flags: [...flagsOf(globalOptions, lists), help], argument: undefined },
    ...commands.map(({ name, summary, options, arguments: words }) => ({
      name,
      about: summary,
      flags: flagsOf(options, lists),
      argument: argumentOf(words, lists),
    })),
    ...commands.filter(({ name }) => name === 'do').flatMap(({ options }) => actionEntries(options, lists)),
  ]
}

/** The words of the actions as if they were commands, each behind `do` with the options that it knows. */
function actionEntries(options: Record<string, OptionSpec>, lists: Lists): Entry[] {
  const { actions } = lists
  const things = [...new Set(actions.map(({ name }) => name.split(' ')[0] ?? ''))]
  const always = ['out', 'output']
  const known = (own: readonly string[]) =>
    Object.fromEntries(Object.entries(options).filter(([name]) => [...always, ...own].includes(name)))
  return [
    ...things.map((thing) => ({
      name: `do ${thing}`,
      about: `What to do with: ${thing}.`,
      flags: flagsOf(known([]), lists),
      argument: undefined,
    })),
    ...actions.map(({ name, summary, options: own }) => ({
      name: `do ${name}`,
      about: summary,
      flags: flagsOf(known(own), lists),
      argument: undefined,
    })),
  ]
}

/** The words that lead from a command to a longer one: `clock` after `lab`; from '' to each of the first words. */
export function followersOf(table: readonly Entry[], name: string): Entry[] {
  const before = name === '' ? '' : `${name} `
  return table.filter((entry) => {
    const rest = entry.name.slice(before.length)
    return entry.name.startsWith(before) && rest !== '' && !rest.includes(' ')
  })
}

/** The last word of a command's name. */
export function lastWord({ name }: Entry): string {
  return name.slice(name.lastIndexOf(' ') + 1)
}

/** Every option that takes a value, as it is typed: the word behind it is no command. */
export function flagsWithValue(table: readonly Entry[]): string[] {
  const names = table.flatMap(({ flags }) => flags.flatMap(({ names: own, value }) => (value ? own : [])))
  return [...new Set(names)].sort()
}

function flagsOf(options: Record<string, OptionSpec>, lists: Lists): Flag[] {
  return Object.entries(options).map(([name, spec]) => {
    const flag = flagOf(name)
    return {
      names: [
        flag,
        ...(spec.short ? [`-${spec.short}`] : []),
        ...(spec.negatable ? [flag.replace('--', '--no-')] : []),
      ],
      about: spec.about,
      ...(spec.value ? { value: spec.choices?.map(typed) ?? choiceOf(spec.value, lists) } : {}),
    }
  })
}

/** What the placeholder of an option's value stands for: `<file>`, `<id>`. */
function choiceOf(placeholder: string, { practices, formats, worlds, actions }: Lists): Choice {
  if (placeholder === 'id') return practices
  if (placeholder === 'action') return actions.map(({ name }) => typed(name))
  if (placeholder === 'world|file') return { orFile: worlds }
  if (placeholder.startsWith('format')) return formats
  return placeholder === 'file' || placeholder === 'folder' ? placeholder : 'anything'
}

function argumentOf(words: Record<string, ArgumentSpec>, { practices }: Lists): Choice | undefined {
  const [first] = Object.entries(words)
  if (!first) return undefined
  const [name, { choices }] = first
  if (choices) return choices
  if (name === 'practice') return practices
  return name === 'plan' || name === 'file' ? 'file' : 'anything'
}
