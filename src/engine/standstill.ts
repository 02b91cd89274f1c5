// Whether a refusal for the state of something passes by itself: told by the status of what the call is about.

import { type Call, operationOf } from '#model/action.ts'
import type { Json } from '#model/plain.ts'
import type { Step } from '#model/plan.ts'
import { arnOf, nounOf, type ResourceType, resourceOf } from '#model/resource.ts'
import { nearOf } from './expect.ts'
import { isLasting } from './statuses.ts'
import type { Look, Sight, World } from './world.ts'

/** The fact in which things say what is under way on them. */
const statusOf: Partial<Record<ResourceType, string>> = {
  'redshift:cluster': 'ClusterStatus',
  'redshift:snapshot': 'Status',
  'redshift-serverless:workgroup': 'status',
  'redshift-serverless:namespace': 'status',
  'redshift-serverless:snapshot': 'status',
}

/** Snapshots that can be used: https://docs.aws.amazon.com/redshift/latest/APIReference/API_Snapshot.html */
const restful = ['available', 'final snapshot']

/**
 * Says why waiting would not help, if it would not, each time that AWS refuses a call for a state. A cluster may show that
 * it is at rest some time before, or after, AWS lets the next change in, but not for long.
 */
export function standstill(step: Step, call: Call, { world, patience }: { world: World; patience: number }) {
  let quietSince: number | undefined
  return async (said: 'running' | 'unsaid'): Promise<string | undefined> => {
    const sights = await world.look(looksOf(step, call))
    const seen = sights.filter(isStatus)
    const lasting = seen.find(({ value }) => isLasting(value))
    if (lasting) return `${named(lasting)}, which does not pass by itself`
    const isQuiet =
      said === 'unsaid' && seen.length > 0 && seen.length === sights.length && seen.every(isResting)
    quietSince = isQuiet ? (quietSince ?? Date.now()) : undefined
    if (quietSince === undefined || Date.now() - quietSince < patience / 6) return undefined
    return `${seen.map(named).join(' and ')} all the while, so that waiting does not help`
  }
}

type Status = Look & { value: string }

/** What is not there, such as a snapshot that is to be taken, has no status to go by. */
const isStatus = (sight: Sight): sight is Status => 'value' in sight && typeof sight.value === 'string'

const isResting = ({ value }: Status) => restful.includes(value.toLowerCase())

const named = ({ resource, value }: Status) => {
  const { type, name } = resourceOf(resource) ?? {}
  return `${type ? `${nounOf(type)} ` : ''}${name ?? resource} is ${value}`
}

/** The statuses of everything that a step touches or its call names. */
function looksOf(step: Step, call: Call): Look[] {
  const arns = new Set([...step.effects.map(({ resource }) => resource), ...namedIn(step, call)])
  // What a call makes is not there yet, and what it deletes says nothing when it is gone.
  const made = new Set(step.effects.flatMap(({ resource, fact }) => (fact === 'exists' ? [resource] : [])))
  if (!operationOf(call.action).startsWith('Delete')) for (const arn of made) arns.delete(arn)
  return [...arns].flatMap((resource) => {
    const type = resourceOf(resource)?.type
    const fact = type && statusOf[type]
    return fact ? [{ resource, fact, near: nearOf(step) }] : []
  })
}

/** The cluster and the source snapshot that a call names without their ARNs. */
function namedIn({ account, region, effects }: Step, { input }: Call): string[] {
  const partition = effects.flatMap(({ resource }) => resourceOf(resource)?.partition ?? [])[0]
  if (!partition) return []
  const place = { partition, account, region }
  const given = (member: string) => (input as Record<string, Json | undefined>)[member]
  const cluster = given('ClusterIdentifier')
  const [from, source] = [given('SourceSnapshotClusterIdentifier'), given('SourceSnapshotIdentifier')]
  return [
    ...(typeof cluster === 'string' ? [arnOf('redshift:cluster', place, cluster)] : []),
    ...(typeof from === 'string' ? [arnOf('redshift:snapshot', place, `${from}/${source}`)] : []),
  ]
}
