// When a scan saw nothing at all: why, and what a person can do about it.

import { connectionProblem, isExpiry } from '#aws/errors.ts'
import type { AssessmentHead } from '#model/assessment.ts'
import type { Manifest } from '#model/inventory.ts'
import { Problem } from '#model/problem.ts'

/** True when every list was refused or failed: there is nothing that a judgement could rest on. */
export function sawNothing({ shards }: Manifest): boolean {
  return shards.every(({ resources, gaps }) => gaps.length > 0 && Object.keys(resources).length === 0)
}

/** Why nothing was seen: credentials, a server that stands in for Redshift, or refusals. Undefined when something was. */
export function blindness(
  { gaps }: AssessmentHead,
  manifest: Manifest,
  env: NodeJS.ProcessEnv,
): Problem | undefined {
  if (manifest.interrupted || !sawNothing(manifest)) return undefined
  const expired = gaps.find(({ code }) => isExpiry(code))
  if (expired) return connectionProblem({ name: expired.code }, { profile: env.AWS_PROFILE })
  const failure = gaps.every(({ gap }) => gap === 'failed') ? gaps[0] : undefined
  if (!failure) {
    const todo = 'Give the caller the permissions of docs/permissions.md, and scan again.'
    return new Problem('refused', 'AWS refused everything: nothing could be judged.', todo)
  }
  const source = ['AWS_ENDPOINT_URL_REDSHIFT', 'AWS_ENDPOINT_URL'].find((name) => env[name])
  if (!source) {
    const what = `AWS could answer nothing (${failure.code}): nothing could be judged.`
    return new Problem('refused', what, 'Look at "What could not be seen" above, and scan again.')
  }
  const what = `Redshift does not answer at ${env[source]} (${failure.code}): nothing could be judged.`
  return new Problem('environment', what, `Check ${source}, and that the server is running.`)
}
