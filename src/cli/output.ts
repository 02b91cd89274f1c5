// `-o format[=file]`: what was asked for, and bringing it there.

import { writeFile } from 'node:fs/promises'
import { renderReport, reportFormats } from '#app/reports.ts'
import type { KeptAssessment } from '#model/assessment.ts'
import { Problem } from '#model/problem.ts'
import type { Terminal } from './terminal.ts'
import type { AssessmentOptions } from './view/assessment.ts'
import type { Look } from './view/page.ts'
import { plainPaint } from './view/paint.ts'

/** A format, and the file it goes to; stdout where there is none. */
export type Output = { format: string; file: string | undefined }

/** Reads what stands behind `-o`; a table to stdout when nothing does. */
export function parseOutputs(words: readonly string[]): Output[] {
  const outputs = words.map(parseOutput)
  if (outputs.filter(({ file }) => file === undefined).length > 1) {
    throw new Problem(
      'usage',
      'Two formats cannot both go to stdout.',
      `Give all but one of them a file: -o ${outputs[1]?.format}=FILE.`,
    )
  }
  return outputs.length > 0 ? outputs : [{ format: 'table', file: undefined }]
}

function parseOutput(word: string): Output {
  const at = word.indexOf('=')
  const format = at < 0 ? word : word.slice(0, at)
  const file = at < 0 ? undefined : word.slice(at + 1)
  const formats = ['table', ...reportFormats]
  if (!formats.includes(format)) {
    throw new Problem(
      'usage',
      `There is no format ${JSON.stringify(format)}.`,
      `Choose one of ${formats.join(', ')}.`,
    )
  }
  if (file === '') throw new Problem('usage', `-o ${word} names no file.`, `Write -o ${format}=FILE.`)
  return { format, file }
}

/** Renders each output and brings it to its place. */
export async function deliver(
  assessment: KeptAssessment,
  outputs: readonly Output[],
  options: AssessmentOptions,
  terminal: Terminal,
): Promise<void> {
  for (const { format, file } of outputs) {
    const look = file === undefined ? terminal : { ...terminal, width: 120, paint: plainPaint }
    const text = format === 'table' ? tableOf(assessment, options, look) : renderReport(format, assessment)
    if (file === undefined) await terminal.stream(inPieces(text))
    else await writeReport(file, inPieces(text))
  }
}

async function* tableOf(assessment: KeptAssessment, options: AssessmentOptions, look: Look) {
  const { viewAssessment } = await import('./view/assessment.ts')
  yield `${(await viewAssessment(assessment, options, look)).trimEnd()}\n`
}

/** The same text in fewer pieces: each costs a write. */
async function* inPieces(text: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = ''
  for await (const more of text) {
    piece += more
    if (piece.length < 65_536) continue
    yield piece
    piece = ''
  }
  yield piece
}

/** Writes a file that the user has named. */
async function writeReport(file: string, text: AsyncIterable<string>): Promise<void> {
  try {
    await writeFile(file, text)
  } catch (error) {
    if (error instanceof Problem) throw error
    const why = (error as NodeJS.ErrnoException).code ?? 'the disk said no'
    throw new Problem(
      'environment',
      `${file} cannot be written (${why}).`,
      'Name a file in a folder that exists.',
      {
        cause: error,
      },
    )
  }
}
