// A call as the line that a person would type into the AWS CLI.

import { type Call, operationOf, serviceOf } from './action.ts'
import type { Json } from './plain.ts'

/** `aws redshift reboot-cluster --cluster-identifier sales --region eu-west-1`, quoted for a POSIX shell. */
export function cliLine({ action, input }: Call, region: string): string {
  const options = Object.entries(input as Record<string, Json>).flatMap(([name, value]) =>
    option(kebab(name), value),
  )
  return ['aws', serviceOf(action), kebab(operationOf(action)), ...options, '--region', quoted(region)].join(
    ' ',
  )
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
  return /^[\w.:/=,@+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
