// The AWS CLI lines of every guide, and those that show a resource, are lines that the AWS CLI takes: its service, operation and options exist, and what
// is asked of the answer is in it. The SDK's schemas are made from the same models as the AWS CLI.

import { execFileSync } from 'node:child_process'
import * as cloudtrail from '@aws-sdk/client-cloudtrail'
import * as logs from '@aws-sdk/client-cloudwatch-logs'
import * as ec2 from '@aws-sdk/client-ec2'
import * as iam from '@aws-sdk/client-iam'
import * as kms from '@aws-sdk/client-kms'
import * as redshift from '@aws-sdk/client-redshift'
import * as redshiftData from '@aws-sdk/client-redshift-data'
import * as redshiftServerless from '@aws-sdk/client-redshift-serverless'
import * as s3 from '@aws-sdk/client-s3'
import { NormalizedSchema } from '@smithy/core/schema'
import type { StaticOperationSchema, StaticStructureSchema } from '@smithy/types'
import { describe, expect, test } from 'vitest'
import * as s3control from '#aws/clients/s3-account.ts'
import { awsLinesOf } from '#cli/view/aws-lines.ts'
import { kebab } from '#model/aws-cli.ts'
import { resourceTypes } from '#model/resource.ts'
import { practices } from '#practices/index.ts'

const services: Record<string, object> = {
  cloudtrail,
  ec2,
  iam,
  kms,
  logs,
  redshift,
  'redshift-data': redshiftData,
  'redshift-serverless': redshiftServerless,
  s3api: s3,
  s3control,
}

// Options of the AWS CLI that are no members of a request.
// https://docs.aws.amazon.com/cli/latest/reference/#options, and the examples of `aws ec2 revoke-security-group-ingress`.
const ofEveryLine = ['region', 'query', 'output']
const ofSomeLines: Record<string, string[]> = {
  'ec2 revoke-security-group-ingress': ['protocol', 'port', 'cidr'],
}

/** What is wrong with a line, in words; nothing where it is right. */
function faultsOf(line: string): string[] {
  if (changedByShells(line)) return ['a shell would not pass it on as it stands']
  const [program, service = '', command = '', ...rest] = words(line)
  const operation = operationOf(service, command)
  if (program !== 'aws' || !operation) return [`there is no aws ${service} ${command}`]
  const given = optionsOf(rest)
  const own = [...ofEveryLine, ...(ofSomeLines[`${service} ${command}`] ?? [])]
  const members = new Map(NormalizedSchema.of(operation[4]).structIterator())
  const required = requiredOf(operation).filter((name) => !given.has(kebab(name)))
  return [
    ...required.map((name) => `--${kebab(name)} is missing`),
    ...[...given].flatMap(([option, values]) =>
      own.includes(option) ? [] : misfit(option, values, members),
    ),
    ...unknownNames(given.get('query')?.[0] ?? '', operation),
  ]
}

/** Between double quotes bash runs `…` and recalls !…, and a # after words is a comment for some shells only. */
function changedByShells(line: string): boolean {
  const doubly = line.match(/"[^"]*"/g) ?? []
  return doubly.some((quoted) => /[`$!\\]/.test(quoted)) || / #/.test(line)
}

/** The words that a shell passes on. */
function words(line: string): string[] {
  return execFileSync('sh', ['-c', `printf '%s\\n' ${line}`], { encoding: 'utf8' })
    .trimEnd()
    .split('\n')
}

function optionsOf(rest: readonly string[]): Map<string, string[]> {
  const given = new Map<string, string[]>()
  let last: string[] = []
  for (const word of rest) {
    if (!word.startsWith('--')) last.push(word)
    else {
      last = []
      given.set(word.slice(2), last)
    }
  }
  return given
}

function operationOf(service: string, command: string): StaticOperationSchema | undefined {
  const schemas = Object.values(services[service] ?? {}) as unknown[]
  return schemas.find((value) => Array.isArray(value) && value[0] === 9 && kebab(value[2]) === command) as
    | StaticOperationSchema
    | undefined
}

/** The members that a request must have stand first in its schema. */
function requiredOf(operation: StaticOperationSchema): string[] {
  const input = NormalizedSchema.of(operation[4]).getSchema() as StaticStructureSchema
  return input[4].slice(0, input[6] ?? 0)
}

function misfit(option: string, values: readonly string[], members: Map<string, NormalizedSchema>): string[] {
  const named = (name: string) => [...members].find(([member]) => kebab(member) === name)?.[1]
  const off = option.startsWith('no-') ? named(option.slice(3)) : undefined
  const member = off ?? named(option)
  if (!member) return [`there is no --${option}`]
  if (member.isBooleanSchema()) return values.length > 0 ? [`--${option} takes no value`] : []
  if (off || values.length === 0) return [`--${option} wants a value`]
  if (values.length > 1 && !member.isListSchema()) return [`--${option} takes one value`]
  return member.isNumericSchema() && !Number.isInteger(Number(values[0]))
    ? [`--${option} wants a number`]
    : []
}

/** Names in a query that no part of the answer has. */
function unknownNames(query: string, operation: StaticOperationSchema): string[] {
  const names = query.replace(/'[^']*'|`[^`]*`|\w+\(/g, '').match(/[A-Za-z]\w*/g) ?? []
  const known = namesIn(NormalizedSchema.of(operation[5]))
  return names.filter((name) => !known.has(name)).map((name) => `the answer has no ${name}`)
}

function namesIn(schema: NormalizedSchema, names = new Set<string>()): Set<string> {
  if (schema.isListSchema() || schema.isMapSchema()) return namesIn(schema.getValueSchema(), names)
  if (!schema.isStructSchema()) return names
  for (const [name, member] of schema.structIterator()) {
    if (names.has(name)) continue
    names.add(name)
    namesIn(member, names)
  }
  return names
}

describe('the AWS CLI takes every line of the guide of', () => {
  test.each(practices.map(({ id, guide }) => [id, guide] as const))('%s', (_, { check, change }) => {
    const lines = [...check.cli, ...change.cli]
    expect(lines.flatMap((line) => faultsOf(line).map((fault) => `${fault}: ${line}`))).toEqual([])
  })
})

test.each(resourceTypes)('the AWS CLI takes every line that shows a resource of type %s', (type) => {
  const facts = { ClusterIdentifier: 'sales', SnapshotIdentifier: 'monthly', Grantee: '444455556666' }
  const named = { arn: 'arn:aws:x', name: 'one', region: 'eu-west-1' }
  const lines = awsLinesOf({ type, ...named, facts: { ...facts, namespaceName: 'planning' } } as never)
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.flatMap((line) => faultsOf(line).map((fault) => `${fault}: ${line}`))).toEqual([])
})

test.each([
  ['aws redshift describe-cluster', 'there is no aws redshift describe-cluster'],
  ['aws redshift reboot-cluster', '--cluster-identifier is missing'],
  ['aws redshift reboot-cluster --cluster-identifier A --force', 'there is no --force'],
  ['aws redshift modify-cluster --cluster-identifier A --multi-az true', '--multi-az takes no value'],
  ['aws redshift modify-cluster --cluster-identifier A --port high', '--port wants a number'],
  ['aws redshift modify-cluster --cluster-identifier', '--cluster-identifier wants a value'],
  ['aws redshift describe-clusters --query "Clusters[?Name==\'x\']"', 'the answer has no Name'],
  [
    'aws redshift describe-clusters --query "Clusters[?!Encrypted]"',
    'a shell would not pass it on as it stands',
  ],
])('a wrong line is told: %s', (line, fault) => {
  expect(faultsOf(line)).toEqual([fault])
})
