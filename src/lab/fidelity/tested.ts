// Which tests call which operation: through the SDK's commands, boto3 or the AWS CLI.

import { packageOf } from './clients.ts'
import { filesBelow, type SourceFile } from './files.ts'

/** The tests that call an operation, by path. */
export type Tested = (service: string, operation: string) => string[]

const isTest = (path: string) => path.endsWith('.test.ts') || /\/testing\/[\w-]+\.(ts|py)$/.test(path)

/** Reads every test and says which of them call an operation. */
export function readTests(services: readonly string[]): Tested {
  const files = [...filesBelow('src', isTest), ...filesBelow('test', isTest)]
  const calls = files.map((file) => ({ path: file.path, called: calledIn(file, services) }))
  return (service, operation) => {
    const name = keyOf(service, operation)
    return calls.filter(({ called }) => called.has(name)).map(({ path }) => path)
  }
}

// `DescribeVpcs`, `describe_vpcs` and `describe-vpcs` are one.
function keyOf(service: string, operation: string): string {
  return `${service} ${operation.replace(/[-_]/g, '').toLowerCase()}`
}

function calledIn({ path, text }: SourceFile, services: readonly string[]): Set<string> {
  const read = path.endsWith('.py') ? inPython : inTypeScript
  return new Set(services.flatMap((service) => read(text, service).map((name) => keyOf(service, name))))
}

function inTypeScript(text: string, service: string): string[] {
  const from = `from '(?:${packageOf(service)}|#lab/testing/${service}-control\\.ts)'`
  const named = matches(text, new RegExp(`import \\{([^}]*)\\} ${from}`, 'g')).flatMap((list) =>
    matches(list, /\b(\w+)Command\b/g),
  )
  const spaces = matches(text, new RegExp(`import \\* as (\\w+) ${from}`, 'g'))
  const spaced = spaces.flatMap((space) => matches(text, new RegExp(`\\b${space}\\.(\\w+)Command\\b`, 'g')))
  // The AWS CLI calls S3 by two names.
  const word = service === 's3' ? 's3(?:api)?' : service
  const lines = matches(text, new RegExp(`'${word}', '([a-z][a-z0-9-]+)'`, 'g'))
  return [...named, ...spaced, ...lines]
}

function inPython(text: string, service: string): string[] {
  const client = matches(text, new RegExp(`(\\w+) = client\\('${service}'`, 'g'))[0]
  if (client === undefined) return []
  const pages = matches(text, new RegExp(`\\b${client}\\.get_paginator\\('(\\w+)'\\)`, 'g'))
  return [...pages, ...matches(text, new RegExp(`\\b${client}\\.(\\w+)\\b`, 'g'))]
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, found]) => found ?? '')
}
