// `redoubt show`: everything that the newest scan knows of one resource.

import { defineCommand, formatOption } from '../command.ts'
import { workspaceOf } from '../connection.ts'

export default defineCommand({
  name: 'show',
  summary: 'Show everything known of one resource',
  description:
    'Shows what the newest scan knows of a resource, such as a cluster or snapshot: its findings, what AWS said, what lies around it, and the AWS CLI lines that show the same. It asks AWS nothing.',
  arguments: {
    arn: {
      about: 'ARN of the resource, as scan prints it; or the end of it, or its name, where only one has it.',
    },
  },
  options: {
    output: formatOption,
  },
  examples: { 'redoubt show arn:aws:redshift:eu-west-1:111122223333:cluster:sales': 'One cluster.' },
  async run({ arguments: { arn }, options: { output }, global, terminal }) {
    const [{ show }, { mendable }, { openWorkspace }, { viewShown }] = await Promise.all([
      import('#app/show.ts'),
      import('#app/plans.ts'),
      import('#app/workspace.ts'),
      import('../view/shown.ts'),
    ])
    const workspace = await openWorkspace({ ...workspaceOf(global), mustWrite: false })
    const shown = await show(workspace, arn)
    if (output === 'json') terminal.print(JSON.stringify(shown, null, 2))
    else {
      const practice = await mendable(workspace, shown.findings, [shown.resource.arn])
      terminal.print(viewShown(shown, practice !== undefined, terminal))
    }
    return []
  },
})
