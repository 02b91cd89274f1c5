// The completion scripts, run by the shells themselves: what they offer is what the commands define.

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { commands } from '#cli/commands/index.ts'
import { practices } from '#practices/index.ts'
import { redoubt } from '../command.ts'

const folders: string[] = []
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true })
})

const has = (shell: string) => spawnSync(shell, ['--version']).status === 0
const ids = practices.map(({ id }) => id).sort()
const firstWords = [...new Set(Object.keys(commands).map((name) => name.split(' ')[0] ?? ''))].sort()

async function scriptOf(shell: string): Promise<{ folder: string; file: string; text: string }> {
  const { code, stdout } = await redoubt(['completion', shell])
  expect(code).toBe(0)
  const folder = await mkdtemp(join(tmpdir(), 'redoubt-completion-'))
  folders.push(folder)
  const file = join(folder, `redoubt.${shell}`)
  await writeFile(file, stdout)
  return { folder, file, text: stdout }
}

async function outputOf(shell: string, args: string[], cwd: string): Promise<string> {
  const child = spawn(shell, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const [code] = (await once(child, 'close')) as [number]
  expect({ errors, code }).toEqual({ errors: '', code: 0 })
  return out
}

/** What a person gets who presses Tab behind these words; the last one is unfinished. */
type Completed = (...words: string[]) => Promise<string[]>

function everyShell(completed: Completed) {
  test('commands, and those that follow others', async () => {
    expect(await completed('')).toEqual(firstWords)
    expect(await completed('sc')).toEqual(['scan'])
    expect(await completed('--color', 'never', 'sc')).toEqual(['scan'])
    expect(await completed('lab', 'c')).toEqual(['calls', 'clock'])
  })

  test('actions of do, with the options that each knows', async () => {
    expect(await completed('do', 'sn')).toEqual(['snapshot'])
    expect(await completed('do', 'snapshot', 's')).toEqual(['share'])
    expect(await completed('do', 'snapshot', 'share', '--a')).toEqual(['--account', '--all-regions'])
    expect(await completed('do', 'copy', 'disable', '--c')).toEqual(['--cluster', '--color'])
  })

  test('ids of practices, as a value and as an argument', async () => {
    expect(await completed('scan', '--practice', '')).toEqual(ids)
    expect(await completed('explain', 'cluster-enc')).toEqual(['cluster-encrypted'])
    expect(await completed('lab', 'clock', 'cluster-enc')).toEqual([])
  })

  test('actions of policy, each as one word, and worlds of the lab', async () => {
    expect(await completed('policy', '--action', 'snapshot-c')).toEqual(['snapshot-copy', 'snapshot-create'])
    expect(await completed('lab', '--world', 'ne')).toEqual(['neglected'])
  })

  test('values of options, by their long and short names', async () => {
    expect(await completed('scan', '--fail-on', 'h')).toEqual(['high'])
    expect(await completed('plan', '-o', '')).toEqual(['json', 'table'])
    expect(await completed('plan', '--max-impact', 'r')).toEqual(['read-only-window', 'reboot'])
    expect(await completed('explain', '--output', 't')).toEqual(['text'])
    expect(await completed('scan', '--color', 'a')).toEqual(['always', 'auto'])
    expect(await completed('completion', 'p')).toEqual(['pwsh'])
  })

  test('options, those of every command among them', async () => {
    expect(await completed('scan', '--fail')).toEqual(['--fail-on', '--fail-on-unknown'])
    expect(await completed('scan', '--no')).toEqual(['--no-fail-on-unknown'])
    expect(await completed('apply', '--wo')).toEqual(['--workspace'])
    expect(await completed('apply', '--fail')).toEqual([])
  })
}

test('a choice of several words is taken as the one word that is offered', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'redoubt-completion-'))
  folders.push(folder)
  const { code, stderr } = await redoubt(['plan', '--max-impact', 'read-only-window'], { cwd: folder })
  expect([code, stderr]).toEqual([252, expect.stringContaining('scan')])
  expect(stderr).not.toContain('does not know')
})

describe('bash', async () => {
  const { folder, file } = await scriptOf('bash')
  const completed: Completed = async (...words) => {
    const line = ['redoubt', ...words].map((word) => `'${word}'`).join(' ')
    const script = `source ${file}; complete -p redoubt >/dev/null; COMP_WORDS=(${line}); COMP_CWORD=${words.length}; _redoubt; printf '%s\\n' "\${COMPREPLY[@]}"`
    const out = await outputOf('bash', ['--norc', '-uc', script], folder)
    return out.split('\n').filter(Boolean).sort()
  }
  everyShell(completed)
})

describe.skipIf(!has('fish'))('fish', async () => {
  const { folder, file } = await scriptOf('fish')
  const completed: Completed = async (...words) => {
    const line = ['redoubt', ...words].join(' ')
    const out = await outputOf('fish', ['--no-config', '-c', `source ${file}; complete -C '${line}'`], folder)
    const found = out.split('\n').flatMap((text) => text.split('\t')[0] || [])
    // Names of files are offered too where nothing else fits; there is only the script here.
    return found.filter((word) => word !== 'redoubt.fish').sort()
  }
  everyShell(completed)
})

describe.skipIf(!has('zsh'))('zsh', async () => {
  const { folder, file } = await scriptOf('zsh')
  const completed: Completed = async (...words) => {
    // zsh completes on a terminal only: one is played to it, and the matches are listed behind a mark of their own.
    const line = ['redoubt', ...words].join(' ')
    const script = [
      'zmodload zsh/zpty',
      "zpty shell 'zsh -f -i'",
      'zpty -w shell "PS1=\'\'; autoload -U compinit; compinit -u -D; source $1"',
      `zpty -w shell 'compadd() { local -a found; builtin compadd -O found "$@"; print -r -- "<<\${(j:,:)found}>>"; builtin compadd "$@" }'`,
      'zpty -w shell \'print LO""ADED\'',
      'while zpty -r shell got; do [[ $got == *LOADED* ]] && break; done',
      'zpty -n -w shell "$2"$\'\\t\'',
      'out=""; for i in {1..40}; do while zpty -r -t shell got; do out+=$got; done; [[ $out == *">>"* ]] && break; sleep 0.1; done',
      'print -r -- "$out"; zpty -d shell',
    ].join('\n')
    const out = await outputOf('zsh', ['-f', '-c', script, 'zsh', file, line], folder)
    const lists = [...out.matchAll(/<<([^<>]*)>>/g)].map(([, list = '']) => list)
    const found = lists.join(',').split(',').filter(Boolean)
    return [...new Set(found)].filter((word) => word !== 'redoubt.zsh').sort()
  }
  test('practices', async () => {
    expect(await completed('scan', '--practice', 'cluster-e')).toEqual(
      ids.filter((id) => id.startsWith('cluster-e')),
    )
    expect(await completed('lab', 'c')).toEqual(['calls', 'clock'])
  })
})

test('the script for PowerShell holds the same table; no PowerShell runs it here', async () => {
  const { text } = await scriptOf('pwsh')
  const [, json = ''] = /@'\n(.*)\n'@/.exec(text) ?? []
  const { commands: known } = JSON.parse(json) as { commands: { name: string; words: { word: string }[] }[] }
  expect(
    known
      .find(({ name }) => name === '')
      ?.words.map(({ word }) => word)
      .sort(),
  ).toEqual(firstWords)
  expect(
    known
      .find(({ name }) => name === 'explain')
      ?.words.map(({ word }) => word)
      .sort(),
  ).toEqual(ids)
})

test('a shell that is not known is refused', async () => {
  const ran = await redoubt(['completion', 'ksh'])
  expect(ran).toMatchObject({ code: 252, stdout: '' })
  expect(ran.stderr).toContain('Allowed choices are bash, zsh, fish, pwsh.')
})
