// The world as it is now, fact by fact: what apply compares with the plan before a call and after it.

import type { Collector } from '#aws/collector.ts'
import type { Session } from '#aws/session.ts'
import { canonicalJson } from '#kit/canonical-json.ts'
import { pool } from '#kit/pool.ts'
import { permissionOf } from '#model/action.ts'
import { FactMissing, needOf, readFact } from '#model/fact.ts'
import { answersOf } from '#model/joined.ts'
import { sourceOf } from '#model/needs.ts'
import type { Json } from '#model/plain.ts'
import { Problem } from '#model/problem.ts'
import { type Gap, isGap, type Resource, resourceOf } from '#model/resource.ts'
import { collectOne } from './collect.ts'

/** One fact to look at; `near` is where to look when the ARN does not say, or names an account that is not ours. */
export type Look = { resource: string; fact: string; near?: { account: string; region: string } }

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
  const type = resourceOf(arn)?.type
  const needs = [...new Set(looks.map(({ fact }) => needOf(fact, type)))]
  const near = looks.find((look) => look.near)?.near
  const { shard, resource } = await collectOne(session, collectors, arn, needs, placeOf(session, arn, near))
  const list = type ? shard.lists[type] : undefined
  if (!resource && (!list || isGap(list)) && !isAbsence(list)) {
    const refused = list !== undefined && isGap(list) && list.gap === 'refused'
    const why = list && isGap(list) ? gapWords(list) : 'it was not collected'
    return looks.map((look) => ({ ...look, missing: why, refused }))
  }
  const whole = resource && withJoined(resource, needs, shard)
  return looks.map((look) => sight(look, whole))
}

/** Where the resource of an ARN is looked for: where the ARN says, as far as it does and that account is ours. */
export function placeOf(session: Session, arn: string, near: Look['near']): NonNullable<Look['near']> {
  const named = resourceOf(arn)
  const isOurs = session.accounts.some(({ account }) => account === named?.account)
  return {
    account: (isOurs ? named?.account : near?.account) || named?.account || '',
    region: named?.region || near?.region || '',
  }
}

/** AWS says that a resource does not exist by an error of its own, which is an answer and not a gap. */
export function isAbsence(list: unknown): boolean {
  return /NotFound(Fault|Exception)?$/.test((list as { code?: string } | undefined)?.code ?? '')
}

function withJoined(
  resource: Resource,
  needs: readonly string[],
  shard: Parameters<typeof answersOf>[0],
): Resource {
  const joined = needs.filter((need) => sourceOf(resource.type, need)?.from && !(need in resource.asked))
  if (joined.length === 0) return resource
  const answers = answersOf(shard)
  const asked = Object.fromEntries(joined.map((need) => [need, answers(resource, need)]))
  return { ...resource, asked: { ...resource.asked, ...asked } } as Resource
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
  return gap === 'refused'
    ? `the permission ${permissionOf(source)} is missing`
    : `${source} answered ${code}: ${message}`
}

/** True when two values say the same. */
export function same(a: Json, b: Json): boolean {
  return canonicalJson(a) === canonicalJson(b)
}
