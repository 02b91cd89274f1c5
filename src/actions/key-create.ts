// A customer-managed key with an alias and yearly rotation.

import { newKey } from '#model/new-key.ts'
import { defineAction } from '#model/wish.ts'
import { given, refuse } from './common.ts'

export default defineAction({
  name: 'key create',
  summary: 'Make a customer-managed key with an alias, rotated by AWS every year',
  requires: ['alias'],
  takes: ['at', 'account'],
  wishes(options, { partition, accounts, regions }) {
    const name = given(options, 'alias').replace(/^alias\//, '')
    // https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html
    if (name.length > 250 || !/^(?!aws\/)[a-zA-Z0-9/_-]+$/.test(name))
      refuse(
        `No key can be called "${name}".`,
        'Write letters, digits, "/", "_" and "-", 250 at most; aws/ is for AWS.',
      )
    const region = oneOf(options.at, regions, 'region', '--at')
    const account = oneOf(options.account, accounts, 'account', '--account')
    return [
      { resource: `alias/${name}`, account, region, drafts: newKey({ partition, account, region }, name) },
    ]
  },

  examples: [{ alias: 'warehouse' }],
})

/** What is said of the places in the newest scan, or the only one of them. */
function oneOf(said: string | undefined, scanned: readonly string[], noun: string, option: string): string {
  const [first = ''] = scanned
  if (said === undefined && scanned.length > 1)
    refuse(
      `A key lies in one ${noun}, and the newest scan has several.`,
      `Say which with ${option}, such as ${option} ${first}.`,
    )
  if (said !== undefined && !scanned.includes(said))
    refuse(`The newest scan has no ${noun} ${said}.`, `It has ${scanned.join(', ')}; scan others first.`)
  return said ?? first
}
