// What a lab service is: operations typed by the SDK's commands, their schemas, and the protocol they are spoken in.

import type { CommandIO, StaticOperationSchema } from '@smithy/types'
import type { TaskHandler } from '../agenda.ts'
import type { ResourcePolicy } from '../iam/types.ts'
import type { Account, Context, Region, State } from '../state.ts'
import type { AccountSeed, RegionSeed } from '../world.ts'
import type { Protocol } from './protocol.ts'

/** An input whose required members are there: the reader has refused the request otherwise. */
type Present<Input> = {
  [Member in keyof Input]: Record<never, never> extends Pick<Input, Member>
    ? Input[Member]
    : NonNullable<Input[Member]>
}

/** Operations by name, each typed by the client's command of that name: `Operations<typeof redshift>`. */
export type Operations<Client> = {
  [Name in keyof Client as Name extends `${infer Operation}Command`
    ? Operation
    : never]?: Client[Name] extends abstract new (
    ...args: never
  ) => CommandIO<infer Input, infer Output>
    ? (input: Present<Input>, context: Context) => Omit<Output, '$metadata'>
    : never
}

/** An operation as the server calls it, its types forgotten. */
export type Operation = (input: Record<string, unknown>, context: Context) => object

/** One check that IAM makes of a call. */
export type Access = {
  /** `kms:Decrypt`. */
  action: string
  /** The exact ARN, or `*` where the action has none. */
  resource: string
  /** The account that owns the resource, when it may be another than the caller's. */
  resourceAccount?: string
  /** What the call says of itself beyond the keys every call has: `kms:ViaService`, `s3:prefix`. */
  conditions?: Record<string, string | string[]>
  /** The policy of the resource itself, where it has one. */
  policy?: ResourcePolicy
  /** A grant of the key allows it, whatever policies leave out; only an explicit deny still counts. */
  granted?: boolean
}

/** One AWS service of the lab. */
export type Service = {
  /** The name in the credential scope, and before the colon of an action. */
  name: string
  protocol: Protocol
  operations: Map<string, { schema: StaticOperationSchema; run: Operation }>
  /** The ARN an action is checked against, and shown when it is refused. */
  resourceOf(action: string, input: Record<string, unknown>, context: Context): string
  /**
   * What IAM checks before a call runs, where that is not just the action of the operation's name on `resourceOf`:
   * other names (S3), several checks (BatchModify…), resource policies, condition keys.
   */
  accessTo?(action: string, input: Record<string, unknown>, context: Context): Access[]
  /** What the service does on the agenda, by kind: `redshift:snapshot`. */
  tasks?: Record<string, TaskHandler>
  /** Fills what stands in an account outside any region from its seed. */
  seedAccount?(account: Account, seed: AccountSeed, seeding: Seeding): void
  /** Fills a region from its seed. Throws one clear sentence when the seed contradicts itself. */
  seedRegion?(region: Region, seed: RegionSeed, seeding: Seeding): void
  /** The code of a refused call, which differs by service. */
  refusal: 'AccessDenied' | 'UnauthorizedOperation'
}

/** What seeding knows: the lab so far, and its now. */
export type Seeding = { state: State; now: number }

/** Pairs each operation with its schema; leaving one out does not compile. */
export function paired<Ops extends object>(
  operations: Ops,
  schemas: { [Name in keyof Ops & string as `${Name}$`]: StaticOperationSchema },
): Service['operations'] {
  const bySchemaName: Record<string, StaticOperationSchema> = schemas
  return new Map(
    Object.entries(operations).map(([name, run]: [string, Operation]) => {
      const schema = bySchemaName[`${name}$`]
      if (!schema) throw new Error(`${name} has no schema`)
      return [name, { schema, run }] as const
    }),
  )
}
