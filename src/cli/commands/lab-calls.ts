// `redoubt lab calls`: the AWS calls that a running lab has answered.

import { harmless } from '#kit/text.ts'
import { defineCommand, formatOption } from '../command.ts'
import { askLab, labOption } from '../lab-control.ts'
import { type Cell, table } from '../view/table.ts'

type Calls = {
  total: number
  calls: {
    at: string
    account?: string
    region?: string
    action?: string
    status: number
    errorCode?: string
  }[]
}

export default defineCommand({
  name: 'lab calls',
  summary: 'Show the AWS calls that a running lab has answered',
  description: 'Lists the latest calls, newest last, with the account, the region and the answer of each.',
  arguments: {},
  options: {
    lab: labOption,
    output: formatOption,
  },
  examples: { 'redoubt lab calls': 'What has asked this lab for what?' },
  async run({ options, global, terminal }) {
    const calls = (await askLab('calls', undefined, options.lab, global, terminal.env)) as Calls
    terminal.print(options.output === 'json' ? JSON.stringify(calls, null, 2) : viewCalls(calls, terminal))
    return []
  },
})

function viewCalls({ total, calls }: Calls, look: Parameters<typeof table>[2]): string {
  const rows = calls.map(({ at, account = '–', region = '–', action = '–', status, errorCode }): Cell[] => [
    // Day and time as two words, so that a narrow terminal has them below each other.
    harmless(at.replace(/T(.*)Z$/, ' $1')),
    harmless(`${account} ${region}`),
    { text: harmless(action), role: 'name' },
    errorCode
      ? { text: `${status} ${harmless(errorCode)}`, role: 'bad' }
      : { text: String(status), role: 'good' },
  ])
  return `${table(['at', 'where', 'action', 'answer'], rows, look)}\n${total} in all`
}
