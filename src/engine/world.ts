// The world as it is now, fact by fact: what apply compares with the plan before a call and after it.

import type { Collector } from '#aws/collector.ts'
import type { Session } from '#aws/session.ts'
import { canonicalJson } from '#kit/canonical-json.ts'
import { pool } from '#kit/pool.ts'
import { FactMissing, needOf, readFact } from '#model/fact.ts'
import { answersOf } from '#model/joined.ts'
import type { Json } from '#model/plain.ts'
import { Problem } from '#model/problem.ts'
import { type Gap, isGap, type Resource, resourceOf } from '#model/resource.ts'
import { collectOne } from './collect.ts'

/** One fact to look at. */
export type Look = { resource: string; fact: string }

/** What was seen: the fact's value, or why it could not be read. */
export type Sight = Look & ({ value: Json } | { missing: string; refused: boolean })

export type World = {
  /** Reads facts anew, each resource once. */
  look(looks: readonly Look[]): Promise<Sight[]>
}

/** How many resources are looked at at once. */
const resourcesAtOnce = 4

/** What an interruption throws between two looks. */
export function interrupted(): Problem {
  return new Problem(
    'interrupted',
    'Interrupted while a step was under way.',
    'Continue with "redoubt apply --resume", or take it back with "redoubt undo".',
  )
}

/** Opens the world for looking, through a session. */
export function openWorld(
  session: Session,
  collectors: readonly Collector[],
  signal: AbortSignal | undefined,
): World {
  return {
    async look(looks) {
      const byResource = new Map<string, Look[]>()
      for (const look of looks)
        byResource.set(look.resource, [...(byResource.get(look.resource) ?? []), look])
      const seen = await pool([...byResource], resourcesAtOnce, ([arn, wanted]) =>
        lookAt(session, collectors, arn, wanted),
      )
      // A look that was cut off saw nothing; it must not be taken for a world that moved.
      if (signal?.aborted) throw interrupted()
      return seen.flat()
    },
  }
}

async function lookAt(
  session: Session,
  collectors: readonly Collector[],
  arn: string,
  looks: Look[],
): Promise<Sight[]> {
  const needs = [...new Set(looks.map(({ fact }) => needOf(fact)))]
  const { shard, resource } = await collectOne(session, collectors, arn, needs)
  const type = resourceOf(arn)?.type
  const list = type ? shard.lists[type] : undefined
  if (!resource && (!list || isGap(list)) && !isAbsence(list)) {
    const refused = list !== undefined && isGap(list) && list.gap === 'refused'
    const why = list && isGap(list) ? gapWords(list) : 'it was not collected'
    return looks.map((look) => ({ ...look, missing: why, refused }))
  }
  const whole = resource && withJoined(resource, needs, shard)
  return looks.map((look) => sight(look, whole))
}

/** AWS says that a resource does not exist by an error of its own, which is an answer and not a gap. */
function isAbsence(list: unknown): boolean {
  const code = (list as { code?: string } | undefined)?.code ?? ''
  return /^(Cluster|ClusterParameterGroup|ClusterSnapshot)NotFound(Fault)?$/.test(code)
}

function withJoined(
  resource: Resource,
  needs: readonly string[],
  shard: Parameters<typeof answersOf>[0],
): Resource {
  if (resource.type !== 'redshift:parameter-group' || !needs.includes('clusters')) return resource
  const clusters = answersOf(shard)(resource, 'clusters')
  return { ...resource, asked: { ...resource.asked, clusters } } as Resource
}

function sight(look: Look, resource: Resource | undefined): Sight {
  try {
    return { ...look, value: readFact(resource, look.fact) }
  } catch (error) {
    if (!(error instanceof FactMissing)) throw error
    const { gap } = error
    return { ...look, missing: gap ? gapWords(gap) : error.message, refused: gap?.gap === 'refused' }
  }
}

function gapWords({ gap, source, code, message }: Gap): string {
  return gap === 'refused' ? `the permission ${source} is missing` : `${source} answered ${code}: ${message}`
}

/** True when two values say the same. */
export function same(a: Json, b: Json): boolean {
  return canonicalJson(a) === canonicalJson(b)
}
