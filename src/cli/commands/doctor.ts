// `redoubt doctor`: what would stop a scan, and what to do about it.

import { harmless } from '#kit/text.ts'
import type { ExitReason } from '#model/problem.ts'
import { defineCommand } from '../command.ts'
import { withCommandLines } from '../command-line.ts'
import { connectionOf, workspaceOf } from '../connection.ts'
import { indented } from '../view/page.ts'

export default defineCommand({
  name: 'doctor',
  summary: 'Say what would stop a scan, and what to do about it',
  description:
    'Looks at the version of Node.js, the workspace, the settings file, the endpoint, the credentials, the regions, the clock, the roles of other accounts, and asks each service of one region what a scan asks it, to find permissions that are missing; where readLogs is set, audit logs are looked for in every region. One line each: ok, or a problem with what to do. It changes nothing. Exits with 253 for a problem on this side, with 254 for what AWS refuses.',
  arguments: {},
  options: {},
  examples: {
    'redoubt doctor': 'Look at everything that a scan here would need.',
    'redoubt doctor --profile audit --region eu-west-1': 'With other credentials, in another region.',
  },
  async run({ global, terminal }) {
    const { examine } = await import('#app/doctor.ts')
    const { folder, settingsFile } = workspaceOf(global)
    const wish = { folder, settingsFile, connection: connectionOf(global, terminal), env: terminal.env }
    const exits = new Set<ExitReason>()
    for await (const { name, saw, problem } of examine(wish)) {
      const sign = problem ? terminal.paint('bad', '✗ problem') : terminal.paint('good', '✓ ok     ')
      terminal.print(`${sign}  ${harmless(name)}: ${harmless(saw)}`)
      if (!problem) continue
      exits.add(problem.exit)
      const todo = withCommandLines(problem.todo, terminal.line)
      for (const line of indented(`todo: ${todo}`, terminal, '           ')) terminal.print(line)
    }
    return [...exits]
  },
})
