// Breaks text into lines at its spaces. A word that is longer than a line stays whole: an ARN must be copied as one.

import { columns } from '#kit/text.ts'

/** The lines of a text, each at most `width` columns wide where its words allow. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, width))
}

function wrapParagraph(paragraph: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of wordsOf(paragraph)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && columns(longer) > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}

/** The words of a text; a line of Redoubt in quotes is one, since it must be copied as one. */
function wordsOf(paragraph: string): string[] {
  const bound = paragraph.replace(/"(?:npm run -s redoubt --|redoubt) [^"]+"/g, (command) =>
    command.replaceAll(' ', '\0'),
  )
  return bound.split(' ').map((word) => word.replaceAll('\0', ' '))
}

/**
 * Where a word may be broken when a column leaves no other way: behind commas, hyphens, slashes and colons, and before
 * a capital. Never an ARN, which must be copied as one, nor a day; a moment only between day and time.
 */
export function piecesOf(word: string): string[] {
  if (word.startsWith('arn:')) return [word]
  if (/^\d{4}-\d\d-\d\d(T|$)/.test(word)) return [word.slice(0, 11), word.slice(11)].filter(Boolean)
  return word.split(/(?<=[-,/:=])(?=[^-,/:=])|(?<=\p{Ll})(?=\p{Lu})/u)
}

/** The lines of a cell: as `wrap`, but words that are too long are broken where they may be. */
export function wrapCell(text: string, width: number): string[] {
  return wrap(text, width).flatMap((line) => (columns(line) <= width ? line : broken(line, width)))
}

/** A word in lines, each filled with as many pieces as it takes. */
function broken(word: string, width: number): string[] {
  const lines: string[] = []
  for (const piece of piecesOf(word)) {
    const longer = (lines.at(-1) ?? '') + piece
    if (lines.length > 0 && columns(longer) <= width) lines[lines.length - 1] = longer
    else lines.push(piece)
  }
  return lines
}

/** The text in at most `width` columns: what is too much is left out of its middle, so that its end stays. */
export function shortened(text: string, width: number): string {
  if (columns(text) <= width) return text
  const letters = [...text]
  const head = fitting(letters, Math.floor((width - 1) / 3))
  const tail = fitting(letters.slice(head.length).reverse(), width - 1 - columns(head.join('')))
  return `${head.join('')}…${tail.reverse().join('')}`
}

/** As many of the first letters as fit. */
function fitting(letters: readonly string[], width: number): string[] {
  let count = 0
  for (let used = 0; count < letters.length; count++) {
    used += columns(letters[count] ?? '')
    if (used > width) break
  }
  return letters.slice(0, count)
}

/** The text with spaces behind it, up to `width` columns. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)))
}
