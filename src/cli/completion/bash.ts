// The completion script for bash, which zsh reads as well through its bashcompinit.

import { type Choice, type Entry, flagsWithValue, followersOf, lastWord, wordsOf } from './table.ts'

/** The script. It needs no more than bash 3.2. */
export function bashScript(table: readonly Entry[]): string {
  // Backquotes: a quoted text behind an export that begins with # would be taken for an import.
  return [
    `# Completion of redoubt for bash. Load it with: source <(redoubt completion bash)`,
    ...functionOf(table),
    'complete -o default -F _redoubt redoubt',
    '',
  ].join('\n')
}

/** The same for zsh. */
export function zshScript(table: readonly Entry[]): string {
  return [
    `#compdef redoubt`,
    '# Completion of redoubt for zsh. Load it with: source <(redoubt completion zsh)',
    '(( $+functions[compdef] )) || { autoload -U +X compinit && compinit }',
    'autoload -U +X bashcompinit && bashcompinit',
    ...functionOf(table),
    'complete -o default -F _redoubt redoubt',
    '',
  ].join('\n')
}

/** Words that nobody can guess leave COMPREPLY empty: the shell then offers names of files, as it does by itself. */
function functionOf(table: readonly Entry[]): string[] {
  const commands = table.filter(({ name }) => name !== '')
  const program = table.filter(({ name }) => name === '')
  const names = commands.map(({ name }) => `'${name}'`)
  return [
    '_redoubt() {',
    `  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} at='' word='' words='' i=1 n=0`,
    '  while [ $i -lt $COMP_CWORD ]; do',
    `    word=\${COMP_WORDS[i]}`,
    '    case $word in',
    `      ${flagsWithValue(table).join('|')}) i=$((i+1)) ;;`,
    '      -*) ;;',
    '      *)',
    `        case "\${at:+$at }$word" in`,
    `          ${names.join('|')}) at="\${at:+$at }$word" ;;`,
    '          *) n=$((n+1)) ;;',
    '        esac ;;',
    '    esac',
    '    i=$((i+1))',
    '  done',
    '  COMPREPLY=()',
    '  case "$at $prev" in',
    // What a command says of its own option goes before what all say.
    ...[...commands, ...program].flatMap(valueCases),
    '  esac',
    '  case $cur in',
    '    -*)',
    '      case "$at" in',
    ...commands.map(({ name, flags }) => `        '${name}') words='${namesOf(flags)}' ;;`),
    '      esac',
    `      words="$words ${program.map(({ flags }) => namesOf(flags)).join(' ')}" ;;`,
    '    *)',
    '      case "$at $n" in',
    ...table.flatMap((entry) => wordCase(entry, table)),
    '      esac ;;',
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$cur"))',
    '}',
  ]
}

function valueCases({ name, flags }: Entry): string[] {
  return flags.flatMap(({ names, value }) => {
    if (!value) return []
    const pattern = names.map((flag) => (name === '' ? `*' ${flag}'` : `'${name} ${flag}'`)).join('|')
    return [`    ${pattern}) ${replyOf(value)}; return ;;`]
  })
}

const namesOf = (flags: Entry['flags']) => flags.flatMap(({ names }) => names).join(' ')

function replyOf(value: Choice): string {
  if (value === 'folder') return 'COMPREPLY=($(compgen -d -- "$cur"))'
  if (typeof value === 'string') return ':'
  const files = 'orFile' in value ? '-f ' : ''
  return `COMPREPLY=($(compgen ${files}-W '${wordsOf(value).join(' ')}' -- "$cur"))`
}

function wordCase(entry: Entry, table: readonly Entry[]): string[] {
  const words = [...followersOf(table, entry.name).map(lastWord), ...wordsOf(entry.argument)]
  return words.length > 0 ? [`        '${entry.name} 0') words='${words.join(' ')}' ;;`] : []
}
