// Reads a form body (`A.B.1=x&C=y`) into a tree, which is what both Query protocols put their input in.

import { common } from './errors.ts'

/** One step of a dotted name: its own text and the steps below it. */
export type FormNode = { text: string | undefined; below: Map<string, FormNode> }

// No operation sends more: 100 snapshots, 50 tags, 20 parameters of a handful of fields each.
const mostFields = 5_000
const deepest = 20

/** The tree of a form body. Throws AWS's error when the body is not one. */
export function readForm(body: string): FormNode {
  const root = emptyNode()
  if (body === '') return root
  const fields = body.split('&')
  if (fields.length > mostFields) throw malformed(`the request has more than ${mostFields} fields`)
  for (const field of fields) if (field !== '') addField(root, field)
  return root
}

function addField(root: FormNode, field: string) {
  const at = field.indexOf('=')
  const name = decode(at < 0 ? field : field.slice(0, at))
  const steps = name.split('.')
  if (steps.length > deepest) throw malformed('a field is nested too deep')
  let node = root
  for (const step of steps) node = below(node, step)
  if (node.text !== undefined) throw malformed('a field is given twice')
  node.text = at < 0 ? '' : decode(field.slice(at + 1))
}

function below(node: FormNode, step: string): FormNode {
  const known = node.below.get(step)
  if (known) return known
  const added = emptyNode()
  node.below.set(step, added)
  return added
}

function emptyNode(): FormNode {
  return { text: undefined, below: new Map() }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.includes('+') ? text.replaceAll('+', ' ') : text)
  } catch {
    throw malformed('a field is not percent-encoded UTF-8')
  }
}

// Code and status: Redshift API Reference, CommonErrors, "The query string contains a syntax error." (404).
function malformed(why: string) {
  return common('MalformedQueryString', `The query string contains a syntax error: ${why}.`)
}
