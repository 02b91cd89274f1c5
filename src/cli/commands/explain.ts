// `redoubt explain`: everything about a practice, without looking at any account.

import { defineCommand } from '../command.ts'

export default defineCommand({
  name: 'explain',
  summary: 'Explain a practice: why, how to check, how to change, how to undo',
  description:
    'Says why a practice matters and when not to follow it, what is read to judge it, the steps to check and to change it with the AWS CLI and in the console, and the permissions that takes. It needs neither an account nor a network. Without a practice it lists them all.',
  arguments: { practice: { about: 'Id of the practice, such as cluster-require-ssl.', optional: true } },
  options: {
    output: {
      short: 'o',
      value: 'format',
      choices: ['text', 'json'],
      default: 'text',
      about: 'How to show it.',
    },
  },
  examples: {
    'redoubt explain': 'List the practices.',
    'redoubt explain cluster-require-ssl':
      'Explain why plain-text connections are a problem, and what to do.',
  },
  async run({ arguments: { practice }, options: { output }, terminal }) {
    const { explain, listPractices } = await import('#app/practices.ts')
    const { viewExplanation, viewPracticeList } = await import('../view/explanation.ts')
    if (practice === undefined) {
      const list = listPractices()
      terminal.print(output === 'json' ? JSON.stringify(list, null, 2) : viewPracticeList(list, terminal))
    } else {
      const explanation = explain(practice)
      terminal.print(
        output === 'json' ? JSON.stringify(explanation, null, 2) : viewExplanation(explanation, terminal),
      )
    }
    return []
  },
})
