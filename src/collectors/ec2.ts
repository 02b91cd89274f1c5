// EC2: the security groups that guard clusters and workgroups, and the prefix lists that their rules name.

import { defineCollector, wants } from '#aws/collector.ts'
import type { Door } from '#aws/door.ts'
import { followed, listing, whole, width } from '#aws/listing.ts'
import { pool } from '#kit/pool.ts'
import { type Resource, resourceFrom, type SecurityGroupFacts } from '#model/resource.ts'

/** How many values a filter may have: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html */
const filterValues = 200

export default defineCollector({
  service: 'ec2',
  types: ['ec2:security-group', 'ec2:prefix-list'],
  reads: ['ec2:DescribeSecurityGroups', 'ec2:GetManagedPrefixListEntries'],

  follows(resource) {
    if (resource.type === 'redshift:cluster')
      return (resource.facts.VpcSecurityGroups ?? []).flatMap(
        ({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? [],
      )
    return resource.type === 'redshift-serverless:workgroup' ? (resource.facts.securityGroupIds ?? []) : []
  },

  async *collect(door, wish) {
    const { only, leads } = wish
    if (only?.type === 'ec2:prefix-list') {
      return yield followed('ec2:prefix-list', [await prefixList(door, only.name)], door.now())
    }
    const ids = only?.type === 'ec2:security-group' ? [only.name] : leads
    const named = new Set<string>()
    for (let at = 0; at < ids.length; at += filterValues) {
      // A filter leaves out a group that is gone; naming it by its id would fail the whole call.
      const Filters = [{ Name: 'group-id', Values: ids.slice(at, at + filterValues) }]
      const pages = door.pages('ec2:DescribeSecurityGroups', { Filters }, (output) => output.SecurityGroups)
      yield* listing('ec2:security-group', door, pages, {
        ask: async ({ facts }) => {
          for (const id of prefixListsOf(facts)) named.add(id)
          return {}
        },
      })
    }
    if (ids.length === 0) yield followed('ec2:security-group', [], door.now())
    const wanted = wants(wish, 'prefixLists') ? [...named] : []
    const lists = await pool(wanted, width, (id) => prefixList(door, id))
    yield followed('ec2:prefix-list', lists, door.now())
  },
})

function prefixListsOf({ IpPermissions = [] }: SecurityGroupFacts): string[] {
  return IpPermissions.flatMap(({ PrefixListIds = [] }) =>
    PrefixListIds.flatMap(({ PrefixListId }) => PrefixListId ?? []),
  )
}

async function prefixList(door: Door, PrefixListId: string): Promise<Resource<'ec2:prefix-list'>> {
  const source = 'ec2:GetManagedPrefixListEntries' as const
  const list = resourceFrom('ec2:prefix-list', door, { source, takenAt: door.now() }, { PrefixListId })
  return { ...list, asked: { entries: await whole(door.pages(source, { PrefixListId }, (o) => o.Entries)) } }
}
