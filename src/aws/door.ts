// The door to one account and region: questions that answer or leave a gap, and single calls that change something.

import { iso } from '#kit/time.ts'
import {
  type Action,
  type Call,
  type Input,
  type Output,
  type ReadAction,
  serviceOf,
  whyNever,
} from '#model/action.ts'
import { type Json, type Plain, plain } from '#model/plain.ts'
import type { Answer, Gap, Place, Told } from '#model/resource.ts'
import type { Clients } from './clients.ts'
import { bucketRegionOf, codeOf, gapKind, messageOf } from './errors.ts'
import { NotFromAws } from './not-from-aws.ts'

/** What AWS's HTTP answers tell besides their content. */
export type Wire = {
  /** AWS's clock in the latest answer, or undefined before the first. */
  now: string | undefined
  /** By how many milliseconds this computer's clock was ahead of AWS's then, at least; below 0 it was behind. */
  skew: number
  /** Calls made so far, retries not counted. */
  calls: number
}

/** One account and region, ready to be asked. */
export type Door = Place & {
  /** Asks one thing. A refusal or failure becomes a gap; nothing is thrown. */
  ask<A extends ReadAction, T>(action: A, input: Input<A>, pick: (output: Output<A>) => T): Promise<Answer<T>>
  /** Asks for a list, page by page. A gap ends it: what came before it stays. */
  pages<A extends ReadAction, T>(
    action: A,
    input: Input<A>,
    pick: (output: Output<A>) => T[] | undefined,
  ): AsyncGenerator<Told<T[]> | Gap>
  /**
   * Reads an object as it comes; what `meet` makes of it is the answer. A refusal, or what goes wrong on the way or in
   * `meet`, becomes a gap.
   */
  read<T>(
    input: Input<'s3:GetObject'>,
    meet: (body: AsyncIterable<Uint8Array>) => Promise<T>,
  ): Promise<Answer<T>>
  /** AWS's clock in the latest answer. */
  now(): string
  /** The door to another region of the same account. */
  in(region: string): Door
  /** The doors to this region of the other accounts that are looked into. */
  others(): Door[]
  /** Makes one change and gives AWS's request id and answer. Throws the SDK's error. */
  change(call: Call): Promise<{ requestId: string | null; answer: Json }>
}

type Options = {
  place: Place
  reading: Clients
  changing: Clients
  wire: Wire
  elsewhere(region: string): Door
  others(): Door[]
  signal?: AbortSignal | undefined
}

type RawOutput = { $metadata?: { requestId?: string } }

/** How a service names the token of the next page: in the question, and in the answer. Redshift and IAM say Marker. */
const pageTurns: Readonly<Record<string, { ask: string; told: string }>> = {
  'redshift-serverless': { ask: 'nextToken', told: 'nextToken' },
  cloudtrail: { ask: 'NextToken', told: 'NextToken' },
  ec2: { ask: 'NextToken', told: 'NextToken' },
  kms: { ask: 'Marker', told: 'NextMarker' },
  logs: { ask: 'nextToken', told: 'nextToken' },
  s3: { ask: 'ContinuationToken', told: 'NextContinuationToken' },
}

/** Opens the door to an account and region. */
export function openDoor({ place, reading, changing, wire, elsewhere, others, signal }: Options): Door {
  const send = async (
    action: Action,
    input: object,
    clients: Clients,
    abort?: AbortSignal,
  ): Promise<RawOutput> => {
    wire.calls++
    const output = (await clients.send(action, input, abort)) as RawOutput
    // Every answer of AWS has one. Without it, a page that some proxy sent would read as an empty list.
    if (!output.$metadata?.requestId) throw new NotFromAws('request id')
    return output
  }
  const now = () => wire.now ?? iso(new Date())
  const gap = (source: ReadAction, error: unknown): Gap => {
    const lies = bucketRegionOf(error)
    return {
      source,
      takenAt: now(),
      gap: gapKind(error),
      code: signal?.aborted ? 'Interrupted' : codeOf(error),
      message: messageOf(error),
      ...(lies && { lies }),
    }
  }
  const told = <A extends ReadAction, T>(
    source: A,
    output: RawOutput,
    pick: (output: Output<A>) => T,
  ): Told<T> => {
    const { $metadata, ...answer } = output
    const requestId = $metadata?.requestId
    const value = pick(plain(answer) as Plain<unknown> as Output<A>)
    return { source, takenAt: now(), ...(requestId ? { requestId } : {}), value }
  }

  return {
    ...place,
    now,
    in: (region) => elsewhere(region),
    others,
    async ask(action, input, pick) {
      try {
        return told(action, await send(action, input as object, reading, signal), pick)
      } catch (error) {
        return gap(action, error)
      }
    },
    async read(input, meet) {
      const source = 's3:GetObject'
      try {
        const output = await send(source, input, reading, signal)
        const { Body } = output as { Body?: AsyncIterable<Uint8Array> }
        const value = await meet(Body ?? none())
        const requestId = output.$metadata?.requestId
        return { source, takenAt: now(), ...(requestId ? { requestId } : {}), value }
      } catch (error) {
        return gap(source, error)
      }
    },
    async *pages(action, input, pick) {
      const turn = pageTurns[serviceOf(action)] ?? { ask: 'Marker', told: 'Marker' }
      const seen = new Set<string>()
      let marker: string | undefined
      do {
        let output: RawOutput
        try {
          output = await send(
            action,
            { ...(input as object), ...(marker ? { [turn.ask]: marker } : {}) },
            reading,
            signal,
          )
        } catch (error) {
          yield gap(action, error)
          return
        }
        yield told(action, output, (answer) => pick(answer) ?? [])
        // Documented as absent or empty when the list has ended.
        marker = (output as Record<string, string | undefined>)[turn.told] || undefined
        if (marker && seen.has(marker)) {
          yield gap(action, Object.assign(new Error('a page repeats its marker'), { name: 'RepeatedMarker' }))
          return
        }
        if (marker) seen.add(marker)
      } while (marker)
    },
    async change(call) {
      const { action, input } = call
      const never = whyNever(call)
      if (never) throw new Error(`${action} is never called so: ${never}`)
      // Never aborted: a change that was cut off half-way is one that nobody knows the fate of.
      const { $metadata, ...answer } = await send(action, input, changing)
      return { requestId: $metadata?.requestId ?? null, answer: plain(answer) as Json }
    },
  }
}

async function* none(): AsyncGenerator<Uint8Array> {}
