// What a scan is measured against: the SDK alone, asked the same as many at once, and nothing done with the answers.
// What there is to ask is told by the collectors, so that this follows them; a door without clocks, plain copies or
// gaps stands where theirs would. Prints the least calls that could tell it all, given AWS's largest pages.

import { Clients } from '../../src/aws/clients.ts'
import { everything } from '../../src/aws/collector.ts'
import type { Door } from '../../src/aws/door.ts'
import { regionsAtOnce } from '../../src/aws/regions.ts'
import { collectors } from '../../src/collectors/index.ts'
import { merge } from '../../src/kit/merge.ts'
import { pool } from '../../src/kit/pool.ts'
import { serviceOf } from '../../src/model/action.ts'
import { account, partition } from './world.ts'

const [endpoint = '', ...regions] = process.argv.slice(2)

/** AWS's largest pages, where they are not 100. */
const largest: Readonly<Record<string, number>> = {
  'logs:DescribeLogGroups': 50,
  'cloudtrail:LookupEvents': 50,
  'ec2:DescribeSecurityGroups': 1_000,
}
const tokens = ['Marker', 'NextMarker', 'NextToken', 'nextToken']
/** Services that answer the same wherever they are asked. */
const global = ['iam', 'sts']

/** Each question once, with how many things were told. */
const questions = new Map<string, { action: string; told: number }>()
let calls = 1

function doorTo(region: string): Door {
  const clients = new Clients({ endpoint, region }, () => {})
  const note = (action: string, input: object, told: number) => {
    const where = global.includes(serviceOf(action as 'redshift:DescribeClusters')) ? '' : region
    const key = `${where} ${action} ${JSON.stringify(input)}`
    questions.set(key, { action, told: Math.max(told, questions.get(key)?.told ?? 0) })
  }
  const send = (action: never, input: object) => {
    calls++
    return clients.send(action, input) as Promise<never>
  }
  const source = (action: string) => ({ source: action, takenAt: '' })
  const failed = (action: string, error: unknown) => ({
    ...source(action),
    gap: 'failed',
    code: (error as Error).name,
    message: (error as Error).message,
  })
  return {
    partition,
    account,
    region,
    now: () => '',
    in: doorTo,
    others: () => [],
    async ask(action: string, input: object, pick: (output: never) => unknown) {
      note(action, input, 1)
      try {
        return { ...source(action), value: pick(await send(action as never, input)) }
      } catch (error) {
        return failed(action, error)
      }
    },
    async *pages(action: string, input: object, pick: (output: never) => unknown[] | undefined) {
      let turn = {}
      let told = 0
      do {
        try {
          const output = await send(action as never, { ...input, ...turn })
          const value = pick(output) ?? []
          told += value.length
          yield { ...source(action), value }
          const name = tokens.find((token) => output[token])
          turn = name ? { [name === 'NextMarker' ? 'Marker' : name]: output[name] } : {}
        } catch (error) {
          // Nothing is measured where lists are not read.
          throw new Error(`${action} failed`, { cause: error })
        }
      } while (Object.keys(turn).length > 0)
      note(action, input, told)
    },
  } as unknown as Door
}

const home = new Clients({ endpoint }, () => {})
await home.send('sts:GetCallerIdentity', {})
await pool(regions, regionsAtOnce, async (region) => {
  const door = doorTo(region)
  const leads = new Map(collectors.map((collector) => [collector, new Set<string>()]))
  const listing = collectors.filter(({ follows }) => !follows)
  const followers = collectors.filter(({ follows }) => follows)
  for await (const entries of merge(...listing.map((one) => one.collect(door, everything(one))))) {
    for (const entry of entries) {
      if (!('resource' in entry)) continue
      for (const one of followers)
        for (const lead of one.follows?.(entry.resource) ?? []) leads.get(one)?.add(lead)
    }
  }
  const following = followers.map((one) => one.collect(door, everything(one, [...(leads.get(one) ?? [])])))
  for await (const _ of merge(...following));
})
const pagesOf = ({ action, told }: { action: string; told: number }) =>
  Math.max(1, Math.ceil(told / (largest[action] ?? 100)))
const least = [...questions.values()].reduce((sum, question) => sum + pagesOf(question), 1)
process.stdout.write(`${JSON.stringify({ calls, least })}\n`)
