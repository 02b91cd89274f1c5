// Examples with answers of theirs refused: what a practice says when it could not look.

import { contextFor, judge } from '#engine/judge.ts'
import type { Answers } from '#model/joined.ts'
import type { AnyPractice, Example } from '#model/practice.ts'
import { type Resource, type ResourceType, resourceFrom } from '#model/resource.ts'
import { exampleNow } from '../examples.ts'
import { settingsOf } from './example.ts'
import { place } from './world.ts'

/** The finding on an example, with some of its answers refused. */
export function findingOf(practice: AnyPractice, example: Example, ...refused: string[]) {
  const settings = settingsOf(practice, example)
  const { evidence: _, ...finding } = judge(
    subjectOf(practice, example, ...refused),
    contextFor(practice, settings, exampleNow) as never,
  )
  return finding
}

/** The same in short: `status reason: message`. */
export function verdictWithout(practice: AnyPractice, example: Example, ...refused: string[]): string {
  const { status, reason, message } = findingOf(practice, example, ...refused)
  return `${status} ${reason}: ${message}`
}

/** An example as the engine judges it. */
export function subjectOf(practice: AnyPractice, example: Example, ...refused: string[]) {
  const source = 'redshift:DescribeClusters'
  const takenAt = exampleNow
  const answers: Answers = (_, need) =>
    refused.includes(need)
      ? {
          source: 'redshift:DescribeLoggingStatus',
          takenAt,
          gap: 'refused',
          code: 'AccessDenied',
          message: 'no',
        }
      : { source, takenAt, value: (example.answers as Record<string, unknown>)[need] }
  const type: ResourceType = practice.resource
  const resource = resourceFrom(type, place, { source, takenAt }, example.facts as never) as Resource
  return { practice, resource, place, answers }
}
