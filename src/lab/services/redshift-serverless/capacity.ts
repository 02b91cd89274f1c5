// The capacity of a workgroup, in RPUs, and its price-performance target.

import type { PerformanceTarget } from '@aws-sdk/client-redshift-serverless'
import type { Region } from '#lab/state.ts'
import { invalid } from './errors.ts'
import type { WorkgroupRecord } from './model.ts'
import { recoveryPoints } from './recovery.ts'

// "The default base capacity for Amazon Redshift Serverless is 128 RPUs" (serverless-capacity).
/** The capacity of a workgroup that says nothing. */
export const usualCapacity = 128

/** Where "an expanded maximum base RPU capacity of 1024 is available" (serverless-capacity). */
const large = ['us-east-1', 'us-east-2', 'us-west-2', 'eu-west-1', 'eu-central-1']

// "4 RPUs, or in units of 8 at or above 8 RPUs (8,16,24...512)", "in units of 32 … between 512-1024". Unverified: wording;
// 4 RPUs are taken in every region here.
/** Throws unless a workgroup can have this base capacity. */
export function checkCapacity({ name }: Region, capacity: number): void {
  const most = large.includes(name) ? 1_024 : 512
  const isRight =
    capacity === 4 ||
    (capacity >= 8 && capacity <= 512 && capacity % 8 === 0) ||
    (capacity > 512 && capacity <= most && capacity % 32 === 0)
  if (!isRight)
    throw invalid(
      `The base capacity must be 4, or a multiple of 8 between 8 and 512${most > 512 ? ', or a multiple of 32 up to 1024' : ''}.`,
    )
}

/** What is said about capacity together. */
export type CapacityFacts = {
  baseCapacity?: number | undefined
  maxCapacity?: number | undefined
  pricePerformanceTarget?: PerformanceTarget | undefined
}

// hashicorp/terraform-provider-aws#36030 and its workgroup.go: base must not be above max, and neither base with a target.
// Unverified: the wordings.
/** Throws unless capacities fit together. */
export function checkCapacities({ baseCapacity = usualCapacity, maxCapacity }: CapacityFacts): void {
  if (maxCapacity !== undefined && maxCapacity < baseCapacity)
    throw invalid('The base capacity must not be greater than the maximum capacity.')
}

/** Throws unless a price-performance target is one: API, PerformanceTarget. Unverified: wording. */
export function checkTarget({ level }: PerformanceTarget): void {
  if (level !== undefined && ![1, 25, 50, 75, 100].includes(level))
    throw invalid('The price performance level must be one of 1, 25, 50, 75 and 100.')
}

// Code and wording: hashicorp/terraform-provider-aws#38865; a recovery point is enough.
/** Throws unless there is a backup, without which the capacity cannot be changed. */
export function demandBackup(region: Region, { facts }: WorkgroupRecord, now: number): void {
  const { namespaceName } = facts
  const hasPoint = recoveryPoints(region, now).some((point) => point.namespace.name === namespaceName)
  const hasSnapshot = [...region.serverless.snapshots.values()].some(
    (snapshot) => snapshot.facts.namespaceName === namespaceName && snapshot.readyAt <= now,
  )
  if (!hasPoint && !hasSnapshot)
    throw invalid(
      'Failed to update the RPU capacity for Serverless workgroup. Wait until at least one snapshot exists and retry.',
    )
}
