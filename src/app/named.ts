// The resource of an inventory that a word means.

import { counted, harmless } from '#kit/text.ts'
import { isCalled } from '#model/called.ts'
import type { Inventory, Shard } from '#model/inventory.ts'
import { Problem } from '#model/problem.ts'
import { type Resource, resourceOf } from '#model/resource.ts'

/** A resource, and the shard that it lies in. A bucket has one in each region that names it. */
type Sighting = { resource: Resource; shard: Shard }

/**
 * The one resource with an ARN, or with a name or an end of an ARN that only one has, wherever it was seen. Throws a
 * Problem when there is none, or several.
 */
export async function namedIn(inventory: Inventory, word: string): Promise<[Sighting, ...Sighting[]]> {
  refuseStrayArn(word)
  const isArn = resourceOf(word) !== undefined
  const found: Sighting[] = []
  for await (const shard of inventory.shards())
    for (const resource of shard.resources) if (isCalled(resource, word)) found.push({ resource, shard })
  const [first, ...others] = found
  const arns = new Set(found.map(({ resource }) => resource.arn))
  if (first && arns.size === 1) return [first, ...others]
  throw isArn ? absent(word) : ambiguous(word, [...arns].sort())
}

/** Throws a Problem for what begins like an ARN and is none, whatever was scanned. */
export function refuseStrayArn(word: string): void {
  if (!word.startsWith('arn:') || resourceOf(word)) return
  const what = `"${harmless(word)}" is not the ARN of a Redshift resource.`
  throw new Problem('usage', what, 'Write it as arn:aws:redshift:REGION:ACCOUNT:cluster:NAME.')
}

function absent(arn: string): Problem {
  return new Problem('usage', `The newest inventory has no ${arn}.`, 'Scan its account and region first.')
}

function ambiguous(name: string, arns: readonly string[]): Problem {
  const word = harmless(name)
  if (arns.length === 0) {
    const todo = 'Name it by its ARN, arn:aws:redshift:REGION:ACCOUNT:cluster:NAME, or scan its region first.'
    return new Problem('usage', `Nothing in the newest inventory is called ${word}.`, todo)
  }
  const what = `${counted(arns.length, 'resource')} of the newest inventory are called ${word}.`
  return new Problem('usage', what, `Name one of them: ${arns.map(harmless).join(', ')}.`)
}
