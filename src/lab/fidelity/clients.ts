// The official client of each service, as what the lab does is measured by it: its commands and what its types declare.

import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { GetAccountPublicAccessBlockCommand } from '../testing/s3-control.ts'

/** A command of a client, its types forgotten. */
export type AnyCommand = new (input: object) => object

/** A client, its types forgotten. */
export type AnyClient = { send(command: object): Promise<object>; destroy(): void }

/** A client's package as far as every one is made alike. */
export type ClientPackage = {
  /** `@aws-sdk/client-redshift`. */
  name: string
  Client: new (settings: object) => AnyClient
  /** The commands by the operation they call. */
  commands: Map<string, AnyCommand>
}

// Where the package is not called as requests call the service.
const otherwise: Record<string, string> = { logs: 'cloudwatch-logs', secretsmanager: 'secrets-manager' }

/**
 * What the lab has of S3 Control, whose package is not here: the errors of each operation, by the API Reference.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_AWS_S3_Control.html
 */
const byReference: Record<string, Record<string, readonly string[]>> = {
  s3: { GetAccountPublicAccessBlock: ['NoSuchPublicAccessBlockConfiguration'] },
}

/** The name of the package that speaks to a service. */
export function packageOf(service: string): string {
  return `@aws-sdk/client-${otherwise[service] ?? service}`
}

/** Loads the client of a service. */
export async function loadClient(service: string): Promise<ClientPackage> {
  const name = packageOf(service)
  const exported = (await import(name)) as Record<string, unknown>
  const client = Object.entries(exported).find(([key]) => /^[A-Z]\w*Client$/.test(key))
  if (!client) throw new Error(`${name} has no client`)
  const commands = Object.entries(exported).flatMap(([key, value]) =>
    key.endsWith('Command') && key !== '$Command'
      ? [[key.slice(0, -'Command'.length), value as AnyCommand] as const]
      : [],
  )
  if (service === 's3')
    commands.push(['GetAccountPublicAccessBlock', GetAccountPublicAccessBlockCommand as AnyCommand])
  return { name, Client: client[1] as ClientPackage['Client'], commands: new Map(commands) }
}

/** Every operation that a service's client has a command for, sorted; nothing is loaded. */
export function declaredCommands(service: string): string[] {
  const files = readdirSync(typesOf(service))
  const own = files.flatMap((file) => /^(\w+)Command\.d\.ts$/.exec(file)?.[1] ?? [])
  return [...own, ...Object.keys(byReference[service] ?? {})].sort()
}

/** The errors that the type declarations of a command name after `@throws`, but for the base class of all of them. */
export function declaredErrors(service: string, operation: string): readonly string[] {
  const told = byReference[service]?.[operation]
  if (told) return told
  const text = readFileSync(join(typesOf(service), `${operation}Command.d.ts`), 'utf8')
  return [...text.matchAll(/@throws \{@link (\w+)\}/g)]
    .map(([, name]) => name ?? '')
    .filter((name) => !name.endsWith('ServiceException'))
}

function typesOf(service: string): string {
  const root = dirname(createRequire(import.meta.url).resolve(`${packageOf(service)}/package.json`))
  return join(root, 'dist-types', 'commands')
}
