// Talks to the control endpoint of a running lab, as the lab's own sub-commands do.

import { Problem } from '#model/problem.ts'
import type { GlobalOptions } from './global.ts'

/** Where the lab is; every sub-command takes it. */
export const labOption = {
  value: 'url',
  about: 'Address of the lab (default: --endpoint-url, AWS_ENDPOINT_URL, or http://127.0.0.1:4566).',
} as const

/** Asks a running lab; with a body it is told something. */
export async function askLab(
  path: string,
  body: object | undefined,
  url: string | undefined,
  { endpointUrl }: GlobalOptions,
  env: NodeJS.ProcessEnv,
): Promise<unknown> {
  const lab = url ?? endpointUrl ?? env.AWS_ENDPOINT_URL ?? 'http://127.0.0.1:4566'
  const response = await answerOf(lab, path, body)
  const text = await response.text()
  const answer = parsed(text)
  if (response.ok && answer) return answer
  const why = (answer as { error?: unknown } | undefined)?.error
  if (typeof why === 'string') throw new Problem('usage', `The lab refuses: ${why}.`, 'Correct the argument.')
  throw new Problem('environment', `${lab} is not a lab.`, 'Start one with "redoubt lab", or correct --lab.')
}

async function answerOf(lab: string, path: string, body: object | undefined): Promise<Response> {
  try {
    return await fetch(new URL(`/_lab/${path}`, lab), {
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(5_000),
    })
  } catch (error) {
    throw new Problem(
      'environment',
      `No lab answers at ${lab}.`,
      'Start one with "redoubt lab", or correct --lab.',
      {
        cause: error,
      },
    )
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
