// `redoubt completion`: a script that lets a shell complete commands, options and their values.

import { type AnyCommand, defineCommand } from '../command.ts'

export default defineCommand({
  name: 'completion',
  summary: 'Print the completion script for a shell',
  description:
    'Prints a script that completes commands, options, ids of practices, formats, actions and worlds. bash: source <(redoubt completion bash). zsh: source <(redoubt completion zsh). fish: redoubt completion fish | source. PowerShell: redoubt completion pwsh | Out-String | Invoke-Expression. Put that line into the file that your shell reads at its start.',
  arguments: { shell: { about: 'The shell.', choices: ['bash', 'zsh', 'fish', 'pwsh'] } },
  options: {},
  examples: {
    'source <(redoubt completion bash)': 'Complete in this bash from now on.',
    'redoubt completion fish > ~/.config/fish/completions/redoubt.fish': 'Complete in every fish.',
  },
  async run({ arguments: { shell }, terminal }) {
    const [
      { listPractices },
      { reportFormats },
      { allActions },
      { worldNames },
      { commands },
      { completionTable },
    ] = await Promise.all([
      import('#app/practices.ts'),
      import('#app/reports.ts'),
      import('#app/wishes.ts'),
      import('../start-lab.ts'),
      import('./index.ts'),
      import('../completion/table.ts'),
    ])
    const loaded = await Promise.all(Object.values(commands).map((load) => load()))
    const table = completionTable(
      loaded.map(({ default: command }) => command as AnyCommand),
      {
        practices: listPractices().map(({ id }) => id),
        formats: ['table', ...reportFormats],
        worlds: worldNames,
        actions: allActions().map(({ name, summary, requires, takes = [] }) => ({
          name,
          summary,
          options: [...requires, ...takes],
        })),
      },
    )
    terminal.print((await scriptFor(shell as Shell))(table).trimEnd())
    return []
  },
})

type Shell = 'bash' | 'zsh' | 'fish' | 'pwsh'

async function scriptFor(shell: Shell) {
  switch (shell) {
    case 'bash':
      return (await import('../completion/bash.ts')).bashScript
    case 'zsh':
      return (await import('../completion/bash.ts')).zshScript
    case 'fish':
      return (await import('../completion/fish.ts')).fishScript
    case 'pwsh':
      return (await import('../completion/pwsh.ts')).pwshScript
  }
}
