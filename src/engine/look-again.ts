// Looking before something is decided: a look that failed for a moment decides nothing.

import type { Pace } from '#kit/pace.ts'
import { keyOf } from './expect.ts'
import type { Look, Sight, World } from './world.ts'

/** Between one look and the next, in milliseconds: the SDK has tried for some seconds already. */
const pauses = [1_000, 3_000, 9_000]

/**
 * Looks, and some times more at what AWS failed to tell. Connections break, and the SDK's retries have a budget; what is
 * refused is so the next time too. Only what `matters` is looked at again: what a call is to make may not be there yet.
 */
export async function lookAgain(
  looks: readonly Look[],
  { world, pace }: { world: World; pace: Pace },
  matters: readonly Look[] = looks,
): Promise<Sight[]> {
  const mattering = new Set(matters.map(keyOf))
  const isBroken = (sight: Sight) => 'missing' in sight && !sight.refused && mattering.has(keyOf(sight))
  let sights = await world.look(looks)
  for (const pause of pauses) {
    const broken = new Set(sights.filter(isBroken).map(keyOf))
    if (broken.size === 0) break
    await pace.sleep(pause)
    const again = await world.look(looks.filter((look) => broken.has(keyOf(look))))
    const seen = new Map(again.map((sight) => [keyOf(sight), sight]))
    sights = sights.map((sight) => seen.get(keyOf(sight)) ?? sight)
  }
  return sights
}
