// A call as the line that a person would type into the AWS CLI.

import { type Call, operationOf, serviceOf } from './action.ts'
import type { Json } from './plain.ts'
import { partsOf, type Reference } from './reference.ts'

/**
 * `aws redshift reboot-cluster --cluster-identifier sales --region eu-west-1`, quoted for a POSIX shell. What an earlier
 * call made stands there as a shell variable; `kept` are the members of this call's answer that later calls need, which
 * the line keeps in such variables.
 */
export function cliLine({ action, input }: Call, region: string, kept: readonly Reference[] = []): string {
  const options = Object.entries(input as Record<string, Json>).flatMap(([name, value]) =>
    option(kebab(name), value),
  )
  const words = ['aws', commandOf(action), kebab(operationOf(action)), ...options, '--region', quoted(region)]
  const [only] = kept
  if (!only) return words.join(' ')
  const line = (query: string) => `$(${[...words, '--query', query, '--output', 'text'].join(' ')})`
  if (kept.length === 1) return `${variableOf(only)}=${line(only.path)}`
  const names = kept.map((reference, index) => `${variableOf(reference)}=$${index + 1}`)
  return `set -- ${line(`'[${kept.map(({ path }) => path).join(',')}]'`)}; ${names.join(' ')}`
}

/** `S1_KEYMETADATA_ARN`: the shell variable that holds what a step made. */
function variableOf({ step, path }: Reference): string {
  return `${step}_${path}`.replace(/\W/g, '_').toUpperCase()
}

/** What the AWS CLI calls a service; buckets are made and set by its `s3api`. */
function commandOf(action: Call['action']): string {
  const service = serviceOf(action)
  return service === 's3' ? 's3api' : service
}

/** The AWS CLI's own spelling: `S3KeyPrefix` → `s3-key-prefix`, `KmsKeyId` → `kms-key-id`. */
export function kebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()
}

function option(name: string, value: Json): string[] {
  if (value === null) return []
  if (typeof value === 'boolean') return [value ? `--${name}` : `--no-${name}`]
  const values = Array.isArray(value) ? value : [value]
  return [
    `--${name}`,
    ...values.map((item) => quoted(typeof item === 'object' ? shorthand(item) : String(item))),
  ]
}

/** `Key=value,Key=value` where that is unambiguous, else JSON. */
function shorthand(value: Json): string {
  const members =
    value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : []
  const simple = members.every(([, member]) => typeof member === 'string' && /^[\w.:/-]+$/.test(member))
  return members.length > 0 && simple ? members.map(([k, v]) => `${k}=${v}`).join(',') : JSON.stringify(value)
}

function quoted(text: string): string {
  return partsOf(text)
    .map((part) => (typeof part === 'string' ? literal(part) : `"$${variableOf(part)}"`))
    .join('')
}

function literal(text: string): string {
  return /^[\w.:/=,@+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
