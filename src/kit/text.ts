// Text for people: made harmless, measured and cut by what a terminal shows.

/**
 * The text with everything that could command a terminal made visible: C0, C1 and DEL characters, line and paragraph
 * separators, bidirectional overrides and zero-width characters become `\u{..}`. Text from AWS, logs or files is hostile.
 */
export function harmless(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (found) => `\\u{${found.codePointAt(0)?.toString(16)}}`,
  )
}

const wide =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u
/** Made when it is needed, as all of Intl: the first of them takes a sixth as long as to start Node. */
let graphemes: Intl.Segmenter | undefined

/** How many columns a terminal uses for the text; East Asian wide characters and emoji count two. */
export function columns(text: string): number {
  // Looking for graphemes would be most of the work of a table: Latin letters, dashes and our own marks have none.
  if (/^[ -~\u00a0-\u02ff\u2010-\u2027✓✗]*$/.test(text)) return text.length
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  let count = 0
  for (const { segment } of graphemes.segment(text)) count += wide.test(segment) ? 2 : 1
  return count
}

let series: Intl.ListFormat | undefined

/** `a, b, and c`. */
export function listed(words: readonly string[]): string {
  series ??= new Intl.ListFormat('en')
  return series.format(words)
}

/** `1 cluster`, `3 clusters`: a number with its noun. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`
}
