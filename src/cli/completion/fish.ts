// The completion script for fish.

import {
  type Choice,
  type Entry,
  type Flag,
  flagsWithValue,
  followersOf,
  lastWord,
  wordsOf,
} from './table.ts'

/** The script. */
export function fishScript(table: readonly Entry[]): string {
  const names = table.flatMap(({ name }) => (name ? [quoted(name)] : []))
  return [
    '# Completion of redoubt for fish. Load it with: redoubt completion fish | source',
    'function __redoubt_at --description "True when the words so far call this command"',
    "    set -l at ''",
    '    set -l skip 0',
    '    for word in (commandline -opc)[2..-1]',
    '        if test $skip = 1',
    '            set skip 0',
    `        else if contains -- $word ${flagsWithValue(table).join(' ')}`,
    '            set skip 1',
    "        else if not string match -q -- '-*' $word",
    '            set -l longer (string trim -- "$at $word")',
    `            if contains -- $longer ${names.join(' ')}`,
    '                set at $longer',
    '            end',
    '        end',
    '    end',
    '    test "$at" = "$argv[1]"',
    'end',
    'complete -c redoubt -f',
    ...table.flatMap((entry) => linesOf(entry, table)),
    '',
  ].join('\n')
}

function linesOf(entry: Entry, table: readonly Entry[]): string[] {
  const line = `complete -c redoubt -n ${quoted(`__redoubt_at ${quoted(entry.name)}`)}`
  return [
    ...followersOf(table, entry.name).map(
      (next) => `${line} -a ${quoted(lastWord(next))} -d ${quoted(next.about)}`,
    ),
    ...(entry.argument && entry.argument !== 'anything' ? [`${line} ${choiceOf(entry.argument)}`] : []),
    ...entry.flags.map(
      (flag) =>
        `${entry.name === '' ? 'complete -c redoubt' : line} ${namesOf(flag)} -d ${quoted(flag.about)}`,
    ),
  ]
}

function namesOf({ names, value }: Flag): string {
  const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`))
  return [...flags, ...(value ? ['-r', choiceOf(value)] : [])].join(' ')
}

function choiceOf(value: Choice): string {
  if (value === 'file') return '-F'
  if (value === 'folder') return `-f -a ${quoted('(__fish_complete_directories)')}`
  if (value === 'anything') return '-f'
  return `${'orFile' in value ? '-F' : '-f'} -a ${quoted(wordsOf(value).join(' '))}`
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}
