// Finds the operation of a REST request by its method, path, query and headers, as the http traits tell.

import { NormalizedSchema } from '@smithy/core/schema'
import type { StaticOperationSchema } from '@smithy/types'
import { common } from './errors.ts'
import type { Service } from './operations.ts'
import type { WireRequest } from './protocol.ts'
import { requiredMembers } from './shapes.ts'

/** A query as it was sent, decoded: each name with its values in order. */
export type Query = Map<string, string[]>

type Label = { name: string; isGreedy: boolean }

type Route = {
  operation: StaticOperationSchema
  method: string
  path: (string | Label)[]
  /** What the query must say; a value that is undefined may be any. */
  literals: [name: string, value: string | undefined][]
  queries: Set<string>
  headers: Set<string>
  takesAllQueries: boolean
  requiredQueries: string[]
  requiredHeaders: string[]
  id: string | undefined
}

/** An operation with the labels of the path that led to it. */
export type Routed = { operation: StaticOperationSchema; labels: Record<string, string>; query: Query }

/** Why a request leads to no operation: its path is not known with that method, or it asks for something none of them does. */
export type Unrouted = { unknown: 'method' | 'detail'; name: string }

const compiled = new WeakMap<Service['operations'], Route[]>()

/** The operation a request calls: the one that fits, and knows all that the query says. */
export function findRoute(request: WireRequest, operations: Service['operations']): Routed | Unrouted {
  const query = parseQuery(request.query)
  const id = query.get('x-id')?.[0]
  let unknown: Unrouted = { unknown: 'method', name: request.method }
  for (const route of routesOf(operations)) {
    if (route.method !== request.method || (id !== undefined && route.id !== undefined && id !== route.id))
      continue
    const labels = matchPath(route, request.path)
    if (!labels || !fits(route, query, request)) continue
    // An operation that does not know what the query says is not meant: `?acl` is never a listing.
    const stray = strayName(route, query, request)
    if (stray === undefined) return { operation: route.operation, labels, query }
    unknown = { unknown: 'detail', name: stray }
  }
  return unknown
}

function fits({ literals, requiredQueries, requiredHeaders }: Route, query: Query, request: WireRequest) {
  return (
    literals.every(([name, value]) => {
      const given = query.get(name)
      return given !== undefined && (value === undefined || given.includes(value))
    }) &&
    requiredQueries.every((name) => query.has(name)) &&
    requiredHeaders.every((name) => request.headers[name] !== undefined)
  )
}

const copySource = 'x-amz-copy-source'

// The names of a presigned address and of SDKs belong to no operation. A copy is told from an upload by a header only.
function strayName(route: Route, query: Query, { headers }: WireRequest): string | undefined {
  if (headers[copySource] !== undefined && !route.headers.has(copySource)) return copySource
  if (route.takesAllQueries) return undefined
  const isKnown = (name: string) =>
    name === 'x-id' ||
    /^x-amz-/i.test(name) ||
    route.queries.has(name) ||
    route.literals.some(([literal]) => literal === name)
  return [...query.keys()].find((name) => !isKnown(name))
}

function matchPath({ path }: Route, sent: string): Record<string, string> | undefined {
  const segments = sent.split('/').slice(1)
  // A bucket's address may end with a slash.
  if (segments.length > 1 && segments.at(-1) === '' && !path.some(isGreedy)) segments.pop()
  const labels: Record<string, string> = {}
  for (const [index, part] of path.entries()) {
    if (typeof part !== 'string' && part.isGreedy) {
      const after = path.length - index - 1
      const rest = segments.slice(index, segments.length - after).join('/')
      const fitsAfter = path.slice(index + 1).every((literal, i) => literal === segments.at(i - after))
      if (rest === '' || !fitsAfter) return undefined
      return { ...labels, [part.name]: decode(rest) }
    }
    const segment = segments[index]
    if (segment === undefined || (typeof part === 'string' ? part !== segment : segment === ''))
      return undefined
    if (typeof part !== 'string') labels[part.name] = decode(segment)
  }
  return path.length === segments.length ? labels : undefined
}

function isGreedy(part: string | Label): boolean {
  return typeof part !== 'string' && part.isGreedy
}

function routesOf(operations: Service['operations']): Route[] {
  const known = compiled.get(operations)
  if (known) return known
  const routes = [...operations.values()].map(({ schema }) => routeOf(schema))
  compiled.set(operations, routes)
  return routes
}

function routeOf(operation: StaticOperationSchema): Route {
  const [method, uri] = httpOf(operation)
  const [path = '', literal = ''] = uri.split('?')
  const input = NormalizedSchema.of(operation[4])
  const isRequired = new Set(input.isStructSchema() ? requiredMembers(input) : [])
  const members = input.isStructSchema()
    ? [...input.structIterator()].map(([name, member]) => ({ name, ...boundBy(member) }))
    : []
  const demanded = members.filter(({ name }) => isRequired.has(name))
  const literals = [...parseQuery(literal)]
  return {
    operation,
    method,
    path: partsOf(withBucket(path, members)),
    literals: literals
      .filter(([name]) => name !== 'x-id')
      .map(([name, [value]]) => [name, value || undefined]),
    queries: new Set(members.flatMap(({ query }) => query ?? [])),
    headers: new Set(members.flatMap(({ header }) => header ?? [])),
    takesAllQueries: members.some(({ allQueries }) => allQueries),
    requiredQueries: demanded.flatMap(({ query }) => query ?? []),
    requiredHeaders: demanded.flatMap(({ header }) => header ?? []),
    id: literals.find(([name]) => name === 'x-id')?.[1][0],
  }
}

/** Method, address and status of an operation. */
export function httpOf(operation: StaticOperationSchema): [method: string, uri: string, status: number] {
  const traits: unknown = operation[3]
  const http = typeof traits === 'object' && traits !== null && 'http' in traits ? traits.http : undefined
  if (!Array.isArray(http)) throw new Error(`${operation[2]} has no http trait`)
  return [String(http[0]), String(http[1]), Number(http[2])]
}

type Bound = { name: string; isLabel: boolean; query?: string; header?: string; allQueries: boolean }

function boundBy(member: NormalizedSchema): Omit<Bound, 'name'> {
  const { httpLabel, httpQuery, httpHeader, httpQueryParams } = member.getMergedTraits()
  return {
    isLabel: Boolean(httpLabel),
    ...(httpQuery && { query: httpQuery }),
    ...(httpHeader && { header: httpHeader.toLowerCase() }),
    allQueries: Boolean(httpQueryParams),
  }
}

// S3's addresses leave the bucket out, because it may also be in the host's name; the lab is called with it in the path.
function withBucket(path: string, members: Bound[]): string {
  const isHidden =
    members.some(({ name, isLabel }) => isLabel && name === 'Bucket') && !path.includes('{Bucket}')
  return isHidden ? `/{Bucket}${path === '/' ? '' : path}` : path
}

function partsOf(path: string): (string | Label)[] {
  return path
    .split('/')
    .slice(1)
    .map((part) => {
      const [, name, plus] = /^\{([^}+]+)(\+?)\}$/.exec(part) ?? []
      return name === undefined ? part : { name, isGreedy: plus === '+' }
    })
}

function parseQuery(text: string): Query {
  const query: Query = new Map()
  for (const pair of text === '' ? [] : text.split('&')) {
    const at = pair.indexOf('=')
    const name = decode(at < 0 ? pair : pair.slice(0, at))
    const value = at < 0 ? '' : decode(pair.slice(at + 1).replaceAll('+', ' '))
    query.set(name, [...(query.get(name) ?? []), value])
  }
  return query
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw common('MalformedQueryString', "Couldn't parse the specified URI.")
  }
}
