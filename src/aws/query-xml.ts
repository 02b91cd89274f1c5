// Reads the XML of an AWS Query answer into what its shape says, as it goes by.

import { SaxesParser } from 'saxes'
import type { Shape } from './query-shape.ts'

/** An element that has not ended: its shape, where one is known, its member's name, and what has ended in it. */
type Open = { shape: Shape | undefined; name: string; members: [name: string, value: unknown][] }

const notWellFormed = new Error('not well-formed')

/**
 * The value of the element `result` in the document's root, which is undefined where there is none. Elements that no shape
 * knows are passed over. Undefined, too, where the document is not well-formed, or ends early.
 * Throws where a member is there twice, where a value has an element in it, and at what is there to say that it is not.
 */
export function readXml(xml: string, result: string, shape: Shape): unknown {
  const response: Shape = { kind: 'structure', members: new Map([[result, { name: result, shape }]]) }
  const document: Open = { shape: response, name: '', members: [] }
  const opened: Open[] = []
  let around = document
  let text = ''
  const parser = new SaxesParser({ position: false })
  parser.on('attribute', ({ name }) => {
    if (/^(.+:)?nil$/.test(name)) throw new SyntaxError('the answer has an element that is nil')
  })
  parser.on('opentag', ({ name }) => {
    if (around.shape?.kind === 'value') throw new SyntaxError('the answer has an element in a value')
    text = ''
    opened.push(around)
    around = opened.length === 1 ? document : within(around, name)
  })
  const more = (piece: string) => {
    text += piece
  }
  parser.on('text', more)
  parser.on('cdata', more)
  parser.on('closetag', () => {
    const { shape, name, members } = around
    around = opened.pop() as Open
    if (shape && opened.length > 0) around.members.push([name, read(shape, members, text)])
    text = ''
  })
  // Else it would go on to the end of a page that somebody else sent, with an error for each of its characters.
  parser.on('error', () => {
    throw notWellFormed
  })
  try {
    parser.write(xml).close()
  } catch (error) {
    if (error === notWellFormed) return undefined
    throw error
  }
  return structure(document.members)[result]
}

type Entry = { key: string; value: unknown }
const none: Open['members'] = []

function within({ shape: around }: Open, element: string): Open {
  const isItem = around && 'element' in around && around.element === element
  const member = around?.kind === 'structure' ? around.members.get(element) : undefined
  const shape = isItem ? around.shape : member?.shape
  return { shape, name: member?.name ?? '', members: !shape || shape.kind === 'value' ? none : [] }
}

function read(shape: Shape, members: Open['members'], text: string): unknown {
  if (shape.kind === 'value') return shape.of(ownText(text))
  if (shape.kind === 'structure') return structure(members)
  const items = members.map(([, item]) => item)
  return shape.kind === 'list'
    ? items
    : Object.fromEntries((items as Entry[]).map(({ key, value }) => [key, value]))
}

/**
 * An object that is made of all its members at once. One that gets more than a dozen by computed names, one after another,
 * is a hash table to V8, five times as large and half as quick to read.
 */
function structure(members: Open['members']): Record<string, unknown> {
  const object = Object.fromEntries(members)
  if (Object.keys(object).length === members.length) return object
  throw new SyntaxError('the answer says one thing twice')
}

/**
 * A text of its own. V8 makes a piece of 13 characters or more a view of the whole, so that one name which is kept would
 * keep the page that it came with.
 */
function ownText(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1)
}
