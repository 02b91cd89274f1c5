// Reads an XML document into elements, as far as the bodies of AWS requests go: no document types, no other encodings.

import { AwsError } from './errors.ts'

/** One element: its name without a prefix, its attributes as written, the elements in it, and its text. */
export type XmlElement = {
  name: string
  attributes: Map<string, string>
  elements: XmlElement[]
  text: string
}

const deepest = 50

// A comment, an instruction, CDATA, an end tag, or a start tag with its attributes.
const markup =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([^\s<>/]+)\s*>|<([^\s<>/!?]+)((?:\s+[^\s<>/=]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/g
const attribute = /([^\s<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/** The root element of a document. Throws AWS's error when the text is not one. */
export function readXml(document: string): XmlElement {
  const top = element('', '')
  const open = [top]
  let from = 0
  for (const found of document.matchAll(markup)) {
    addText(open, document.slice(from, found.index))
    from = found.index + found[0].length
    const [, data, end, start, attributes = '', selfClosed] = found
    if (data !== undefined) innermost(open).text += data
    else if (end !== undefined) close(open, end)
    else if (start !== undefined) begin(open, element(start, attributes), selfClosed === '/')
  }
  addText(open, document.slice(from))
  const [root, ...others] = top.elements
  if (!root || others.length > 0 || open.length > 1 || top.text.trim() !== '') throw malformed()
  return root
}

function begin(open: XmlElement[], added: XmlElement, isClosed: boolean) {
  innermost(open).elements.push(added)
  if (open.length > deepest) throw malformed()
  if (!isClosed) open.push(added)
}

function close(open: XmlElement[], name: string) {
  const closed = open.pop()
  if (open.length === 0 || closed?.name !== local(name)) throw malformed()
}

function addText(open: XmlElement[], text: string) {
  if (text.includes('<')) throw malformed()
  innermost(open).text += unescapeXml(text)
}

function element(name: string, attributes: string): XmlElement {
  const pairs = [...attributes.matchAll(attribute)].map(
    ([, key = '', double, single]) => [key, unescapeXml(double ?? single ?? '')] as const,
  )
  return { name: local(name), attributes: new Map(pairs), elements: [], text: '' }
}

function innermost(open: XmlElement[]): XmlElement {
  const last = open.at(-1)
  if (!last) throw malformed()
  return last
}

// Prefixes only tell namespaces apart, and AWS reads elements whatever theirs is.
function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescapeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));?/g, (_all, hex, decimal, name) => {
    if (name !== undefined) return entities[String(name)] ?? refuse()
    const point = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16)
    return point > 0x10ffff ? refuse() : String.fromCodePoint(point)
  })
}

function refuse(): never {
  throw malformed()
}

/** S3's answer to XML it cannot read, or that has not the shape it wants: S3 API Reference, "List of error codes". */
export function malformed(): AwsError {
  return new AwsError(
    'MalformedXML',
    400,
    'The XML you provided was not well-formed or did not validate against our published schema',
  )
}
