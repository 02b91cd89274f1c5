// The policies AWS manages that a shop with a warehouse attaches.
// Documents: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/

import { parsePolicy } from '#lab/iam/parse.ts'
import { hexOf } from '#lab/ids.ts'
import type { Partition } from '#lab/regions.ts'
import { documents } from './aws-policy-documents.ts'
import type { ManagedPolicy } from './model.ts'

const made = new Map<string, ManagedPolicy | undefined>()

/** The AWS-managed policy of an ARN. */
export function awsPolicy(arn: string): ManagedPolicy | undefined {
  if (!made.has(arn)) {
    const [, partition, name] = /^arn:(aws[a-z-]*):iam::aws:policy\/(.+)$/.exec(arn) ?? []
    const source = name === undefined ? undefined : documents[name]
    // What is asked for comes from outside: only names that exist are remembered.
    if (!source || !partition || !name) return undefined
    made.set(arn, makePolicy(arn, name, source))
  }
  return made.get(arn)
}

/** All AWS-managed policies of a partition. */
export function awsPolicies(partition: Partition): ManagedPolicy[] {
  return Object.keys(documents).flatMap((name) => awsPolicy(awsArn(partition, name)) ?? [])
}

/** The ARN of an AWS-managed policy: `job-function/ViewOnlyAccess`. */
export function awsArn(partition: Partition, name: string): string {
  return `arn:${partition}:iam::aws:policy/${name}`
}

/** A document, its number of versions, and when the first and the latest were made. */
export type Source = { version: number; created: string; updated: string; statements: object[] }

function makePolicy(arn: string, pathed: string, source: Source): ManagedPolicy {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: source.statements }, undefined, 4)
  const slash = pathed.lastIndexOf('/') + 1
  const version = `v${source.version}`
  const updated = Date.parse(source.updated)
  return {
    name: pathed.slice(slash),
    path: `/${pathed.slice(0, slash)}`,
    id: `ANPA${hexOf(pathed, 17).toUpperCase()}`,
    arn,
    description: undefined,
    created: Date.parse(source.created),
    updated,
    versions: new Map([[version, { text, document: parsePolicy(text, 'identity'), created: updated }]]),
    defaultVersion: version,
    latest: source.version,
    tags: new Map(),
  }
}
