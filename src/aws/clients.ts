// From an action's name to the SDK's client and command, each service loaded when it is first asked.

import { madeOnce } from '#kit/made-once.ts'
import { iso } from '#kit/time.ts'
import { type Action, operationOf, serviceOf } from '#model/action.ts'
import { mayBeOfTheClock } from './errors.ts'

type Service = Action extends infer A ? (A extends `${infer S}:${string}` ? S : never) : never
type OperationOf<S extends Service> = Action extends infer A
  ? A extends `${S}:${infer O}`
    ? O
    : never
  : never

/** A client module must have the command of every action of its service, else this does not compile. */
type ClientModules = {
  [S in Service]: () => Promise<{ Client: unknown } & Record<`${OperationOf<S>}Command`, unknown>>
}

const modules = {
  cloudtrail: () => import('./clients/cloudtrail.ts'),
  ec2: () => import('./clients/ec2.ts'),
  iam: () => import('./clients/iam.ts'),
  kms: () => import('./clients/kms.ts'),
  logs: () => import('./clients/logs.ts'),
  redshift: () => import('./clients/redshift.ts'),
  'redshift-serverless': () => import('./clients/redshift-serverless.ts'),
  s3: () => import('./clients/s3.ts'),
  sts: () => import('./clients/sts.ts'),
} satisfies ClientModules

type Answered = { response: { headers?: Record<string, string> } }
type Next = (input: unknown) => Promise<Answered>
type AnyClient = {
  send(command: unknown, options?: { abortSignal?: AbortSignal }): Promise<unknown>
  destroy(): void
  config: { region(): Promise<string> }
  middlewareStack: {
    add(middleware: (next: Next) => Next, options: object): void
    addRelativeTo(middleware: (next: Next) => Next, options: object): void
  }
}
type AnyModule = { Client: new (config: object) => AnyClient } & Record<
  string,
  new (
    input: object,
  ) => unknown
>

/** Clients by service, made once for a configuration. */
export class Clients {
  readonly #config: object
  readonly #onAnswer: (at: string, skew: number) => void
  readonly #made = new Map<string, AnyClient>()

  /**
   * `onAnswer` hears AWS's clock, an ISO string, from the Date header of every answer, and by how many milliseconds at
   * least this computer's is ahead of it.
   */
  constructor(config: object, onAnswer: (at: string, skew: number) => void) {
    this.#config = config
    this.#onAnswer = onAnswer
  }

  /** Sends one call and gives the SDK's output. Throws the SDK's errors. */
  async send(action: Action, input: object, abortSignal?: AbortSignal): Promise<unknown> {
    const { client, module } = await this.#clientFor(action)
    const Command = module[`${operationOf(action)}Command`]
    if (!Command) throw new Error(`no client knows ${action}`)
    return client.send(new Command(input), abortSignal ? { abortSignal } : {})
  }

  /** False when neither the configuration nor the environment nor the profile names a region. */
  async knowsRegion(action: Action): Promise<boolean> {
    const { client } = await this.#clientFor(action)
    try {
      return Boolean(await client.config.region())
    } catch (error) {
      if (/region is missing/i.test(String(error))) return false
      throw error
    }
  }

  async #clientFor(action: Action) {
    const service = serviceOf(action)
    const module = (await modules[service as Service]()) as unknown as AnyModule
    return { module, client: madeOnce(this.#made, service, () => this.#make(module)) }
  }

  #make(module: AnyModule): AnyClient {
    const client = new module.Client(this.#config)
    client.middlewareStack.add(
      (next) => async (input) => {
        const askedAt = Date.now()
        const answered = await next(input)
        const at = Date.parse(answered.response.headers?.date ?? '')
        if (!Number.isNaN(at)) this.#onAnswer(iso(at), skewOf(askedAt, at, Date.now()))
        return answered
      },
      { step: 'deserialize', priority: 'low', name: 'clock' },
    )
    client.middlewareStack.addRelativeTo(byAwsClock, {
      relation: 'before',
      toMiddleware: 'httpSigningMiddleware',
      name: 'byAwsClock',
    })
    return client
  }

  /** The region that the configuration, the environment or the profile names. */
  async region(): Promise<string> {
    const [client] = this.#made.values()
    if (!client) throw new Error('no client was made yet')
    return client.config.region()
  }

  /** Closes the sockets, so that the process can end. */
  destroy(): void {
    for (const client of this.#made.values()) client.destroy()
  }
}

/**
 * AWS wrote its time, in whole seconds, somewhen between the question and its answer here: what an answer was under way
 * is no difference between the clocks.
 */
function skewOf(askedAt: number, at: number, heardAt: number): number {
  const least = askedAt - (at + 1_000)
  const most = heardAt - at
  return least > 0 ? least : Math.min(most, 0)
}

/**
 * The SDK sets its clock by each answer, and where this computer's is four minutes off takes that for a reason to ask
 * again: five times, with pauses, for what is refused or not there, and never for a change. Asked again, once, is what may
 * have been refused for its time alone: AWS did nothing of it, so that a change may be, too.
 */
const byAwsClock = (next: Next) => async (input: unknown) => {
  try {
    return await next(input)
  } catch (error) {
    if (!isCorrected(error) || !mayBeOfTheClock(error)) throw error
  }
  return next(input).catch((error) => {
    isCorrected(error)
    throw error
  })
}

/** Whether the SDK has set its clock by the answer; what it makes of that is taken back. */
function isCorrected(error: unknown): boolean {
  const { $metadata } = error as { $metadata?: { clockSkewCorrected?: boolean } }
  const is = $metadata?.clockSkewCorrected === true
  if ($metadata) $metadata.clockSkewCorrected = false
  return is
}
