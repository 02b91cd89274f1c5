// Managed prefix lists: a region's own, AWS's, and those that other accounts share.

import type * as client from '@aws-sdk/client-ec2'
import { hexOf } from '#lab/ids.ts'
import type { Region, State } from '#lab/state.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { find, type Kind, tagFilters } from './describe.ts'
import { demandKnown, refusal } from './errors.ts'
import type { PrefixList } from './model.ts'
import { networkOf } from './network.ts'

export const prefixListOperations = {
  DescribeManagedPrefixLists(input, { region, state }) {
    const { found, ...rest } = find(
      readableLists(region, state),
      listKind,
      input.PrefixListIds,
      least1(input),
    )
    return { PrefixLists: found.map(({ facts }) => facts), ...rest }
  },

  GetManagedPrefixListEntries(input, { region, state }) {
    demandKnown(input, ['PrefixListId', 'MaxResults', 'NextToken'])
    const { entries } = readableList(input.PrefixListId, region, state)
    const { found, ...rest } = find(entries, entryKind, undefined, least1(input))
    return { Entries: found, ...rest }
  },
} satisfies Operations<typeof client>

/** A prefix list that the account may read: one that is not shared with it does not exist for it. */
export function readableList(id: string, region: Region, state: State): PrefixList {
  const list = readableLists(region, state).find(({ facts }) => facts.PrefixListId === id)
  if (!list) throw noSuchList(id)
  return list
}

function readableLists(region: Region, state: State): PrefixList[] {
  const { account, name } = region
  const others = [...state.accounts.values()].filter(
    ({ id, partition }) => id !== account.id && partition === account.partition,
  )
  const shared = others
    .flatMap((other) => [...(other.regions.get(name)?.ec2.prefixLists.values() ?? [])])
    .filter(({ sharedWith }) => sharedWith.includes(account.id))
  return [...ofAws(region), ...networkOf(region).prefixLists.values(), ...shared]
}

// VPC User Guide, "AWS-managed prefix lists". Unverified: ids and ranges, which differ by region and change.
function ofAws({ name, account }: Region): PrefixList[] {
  return ['dynamodb', 's3'].map((service, index) => {
    const PrefixListId = `pl-${hexOf(`${name} ${service}`, 8)}`
    return {
      facts: {
        PrefixListId,
        PrefixListName: `com.amazonaws.${name}.${service}`,
        PrefixListArn: `arn:${account.partition}:ec2:${name}:aws:prefix-list/${PrefixListId}`,
        AddressFamily: 'IPv4',
        OwnerId: 'AWS',
        Tags: [],
      },
      entries: [{ Cidr: `52.94.${index * 8}.0/21` }, { Cidr: `52.218.${index * 128}.0/17` }],
      sharedWith: [],
    }
  })
}

function noSuchList(id: string) {
  return refusal('InvalidPrefixListID.NotFound', `The prefix list ID '${id}' does not exist`)
}

// API: "Minimum value of 1, maximum value of 100".
function least1<Input extends { MaxResults?: number | undefined }>(input: Input): Input {
  const { MaxResults } = input
  if (MaxResults !== undefined && (MaxResults < 1 || MaxResults > 100)) {
    throw refusal('InvalidMaxResults', `MaxResults must be between 1 and 100, and is ${MaxResults}`)
  }
  return input
}

const listKind: Kind<PrefixList> = {
  idOf: ({ facts }) => facts.PrefixListId ?? '',
  ids: 'prefixListIds',
  missing: noSuchList,
  least: 1,
  filters: {
    'owner-id': ({ facts }) => [facts.OwnerId],
    'prefix-list-id': ({ facts }) => [facts.PrefixListId],
    'prefix-list-name': ({ facts }) => [facts.PrefixListName],
    ...tagFilters<PrefixList>(({ facts }) => facts.Tags),
  },
}

const entryKind: Kind<client.PrefixListEntry> = {
  idOf: ({ Cidr }) => Cidr ?? '',
  ids: 'prefixListId',
  missing: noSuchList,
  least: 1,
  filters: {},
}
