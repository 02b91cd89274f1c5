// Policy documents as AWS hands them out: JSON in a string, for IAM percent-encoded besides.

import type { PolicyDocument } from './resource.ts'

/** The document in a string; null where there is none. Throws a SyntaxError when it is no JSON object. */
export function documentOf(text: string | undefined): PolicyDocument {
  if (!text) return null
  const document: unknown = JSON.parse(text.startsWith('%7B') ? decodeURIComponent(text) : text)
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    throw new SyntaxError('a policy document is not a JSON object')
  return document as PolicyDocument
}
