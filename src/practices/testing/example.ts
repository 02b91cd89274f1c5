// Judges an example, and drafts its remediation, for tests that ask one practice about one situation.

import { contextOf, judgeExample, knownOf } from '#model/explanation.ts'
import type { AnyPractice, ChangeDraft, Draft, Example, Steps } from '#model/practice.ts'
import { defaultSettings, type Settings } from '#model/settings.ts'
import { exampleNow } from '../examples.ts'

/** `status reason: message`, so that a test can compare all three at once. */
export function verdictOf(practice: AnyPractice, example: Example, now = exampleNow): string {
  const { status, reason, message } = judgeExample(practice, example, now)
  return `${status} ${reason}: ${message}`
}

function stepsOf(practice: AnyPractice, example: Example, now: string): Steps {
  const known = knownOf(practice.resource, example)
  const finding = judgeExample(practice, example, now)
  return practice.remediation?.steps(known, contextOf(practice, example, now), finding) ?? []
}

/** What the remediation of a practice would do to an example. */
export function draftsOf(practice: AnyPractice, example: Example, now = exampleNow): Draft[] {
  const steps = stepsOf(practice, example, now)
  return Array.isArray(steps) ? steps : []
}

/** Why the remediation can do nothing to an example, if it cannot. */
export function noneOf(practice: AnyPractice, example: Example, now = exampleNow): string | undefined {
  const steps = stepsOf(practice, example, now)
  return Array.isArray(steps) ? undefined : steps.none
}

/** The drafts that are calls, restarts left out. */
export function changesOf(practice: AnyPractice, example: Example, now = exampleNow): ChangeDraft[] {
  return draftsOf(practice, example, now).filter((draft): draft is ChangeDraft => 'call' in draft)
}

/** Why the remediation is held back, if it is. */
export function holdOf(practice: AnyPractice, example: Example, now = exampleNow): string | undefined {
  const known = knownOf(practice.resource, example)
  const finding = judgeExample(practice, example, now)
  return practice.remediation?.hold?.(known, contextOf(practice, example, now), finding)
}

/** The settings under which an example is judged. */
export function settingsOf(
  { id }: AnyPractice,
  { trustedAccounts = [], policy = {}, settings = {} }: Example,
): Settings {
  return { ...defaultSettings, trustedAccounts, ...policy, practices: { [id]: settings } }
}
