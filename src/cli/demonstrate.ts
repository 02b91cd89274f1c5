// The demonstration: a lab in this process, and one child process for each command line, as if it had been typed.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { counted } from '#kit/text.ts'
import { type ExitReason, exitCodes, Problem } from '#model/problem.ts'
import { labEnvironment } from './lab-environment.ts'
import { type LabDescription, startNamedLab } from './start-lab.ts'
import type { Terminal } from './terminal.ts'
import { shellWord } from './view/words.ts'
import { wrap } from './view/wrap.ts'

const world = 'company'
/** A cluster of that world that takes plain-text connections; it shares its parameter group with another one. */
const cluster = 'arn:aws:redshift:eu-central-1:111122223333:cluster:sales'

/** A command line of the story, why it comes now, and the exit code it must end with. */
type Scene = { why: string; words: string[]; ends: ExitReason }

function scenes(arn: string, plan: string): Scene[] {
  return [
    {
      why: 'First look at everything. Unknown is never pass: what AWS refused to tell is listed too.',
      words: ['scan', '--all-regions', '--min-severity', 'high'],
      ends: 'findings',
    },
    {
      why: 'One of the findings, explained. This works offline.',
      words: ['explain', 'cluster-require-ssl'],
      ends: 'ok',
    },
    {
      why: 'A plan for one cluster: what changes, the exact calls, the impact, and the way back.',
      words: ['plan', '--practice', 'cluster-require-ssl', '--resource', arn, '--out', plan],
      ends: 'ok',
    },
    {
      why: 'Apply it. Each step must be in force before the next; the reboot takes minutes there, seconds here.',
      words: ['apply', plan, '--yes'],
      ends: 'ok',
    },
    { why: 'The proof, from answers that were read anew.', words: ['verify', plan], ends: 'ok' },
    { why: 'And back again: the facts are as they were before.', words: ['undo', plan, '--yes'], ends: 'ok' },
  ]
}

/** Plays the demonstration. Throws a Problem when a scene does not end as it should. */
export async function demonstrate(color: string, terminal: Terminal): Promise<ExitReason[]> {
  const folder = await mkdtemp(join(tmpdir(), 'redoubt-demo-'))
  const lab = await startNamedLab({ world, speed: 300 })
  try {
    const env = labEnvironment(lab, terminal.env)
    const say = (text: string) => terminal.print(wrap(text, terminal.width).join('\n'))
    const { about, accounts } = lab.describe()
    await writeFile(join(folder, 'redoubt.yaml'), settingsFor(accounts))
    say(
      `This is a lab, not AWS, with the world ${world}. ${about} The demo looks at ${counted(accounts.length, 'account')}: its own, and the others through a role there. The lab listens at ${lab.url}; documents go to ${folder}.`,
    )
    for (const scene of scenes(cluster, join(folder, 'plan.json'))) {
      say(`\n${terminal.paint('strong', `── ${scene.why}`)}`)
      await play(scene, folder, color, env, terminal)
    }
    terminal.print(farewell(folder, terminal))
    return []
  } finally {
    await lab.stop()
  }
}

/** Who is trusted, and the role by which to look into the other accounts. */
function settingsFor(accounts: LabDescription['accounts']): string {
  const [, ...others] = accounts
  return [
    'accounts:',
    ...others.map(({ id }) => `  - role: arn:aws:iam::${id}:role/redoubt-scan`),
    'trustedAccounts:',
    ...accounts.map(({ id, alias = 'an account of the company' }) => `  - '${id}' # ${alias}`),
    '',
  ].join('\n')
}

async function play(
  { words, ends }: Scene,
  folder: string,
  color: string,
  env: NodeJS.ProcessEnv,
  terminal: Terminal,
) {
  terminal.print(`${terminal.paint('good', `$ ${terminal.line(words.join(' '))}`)}\n`)
  const child = spawn(
    process.execPath,
    [process.argv[1] ?? '', ...words, '--workspace', folder, '--color', color],
    {
      env,
      // Its settings lie there; those of the user's folder are about other accounts.
      cwd: folder,
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  )
  const [code] = (await once(child, 'close')) as [number | null]
  if (terminal.signal.aborted)
    throw new Problem('interrupted', 'The demo was interrupted.', 'Nothing is left running.')
  if (code === exitCodes[ends]) return
  throw new Problem(
    'internal',
    `redoubt ${words[0]} ended with ${code} instead of ${exitCodes[ends]}.`,
    'This is a mistake in Redoubt; please report it with the output above.',
  )
}

function farewell(folder: string, { line, paint }: Terminal): string {
  return [
    '',
    paint('strong', '── What to type next'),
    line('lab'),
    '    a lab that stays, to try everything on',
    line('scan'),
    '    your own account, with the credentials of the AWS CLI; it only reads',
    line('explain'),
    '    the practices',
    line(`journal --workspace ${shellWord(folder)}`),
    '    what this demo did',
    '',
    `Nothing is left running. ${folder} can be deleted.`,
  ].join('\n')
}
