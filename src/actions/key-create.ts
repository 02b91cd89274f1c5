// A customer-managed key with an alias and yearly rotation.

import { newKey } from '#model/new-key.ts'
import { defineAction } from '#model/wish.ts'
import { given, refuse } from './common.ts'

export default defineAction({
  name: 'key create',
  summary: 'Make a customer-managed key with an alias, rotated by AWS every year',
  requires: ['alias'],
  takes: ['at'],
  wishes(options, { accounts, regions }) {
    const name = given(options, 'alias').replace(/^alias\//, '')
    const [account = ''] = accounts
    const [first = ''] = regions
    if (!options.at && regions.length > 1)
      refuse(
        'A key lies in one region, and the newest scan has several.',
        `Say which with --at, such as --at ${first}.`,
      )
    const region = options.at ?? first
    return [
      {
        resource: `alias/${name}`,
        account,
        region,
        drafts: newKey(name),
      },
    ]
  },
})
