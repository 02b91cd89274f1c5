// How a person sees what could not be seen: which call was refused or failed, where, and what to do about it.

import { groupBy } from '#kit/group.ts'
import { counted } from '#kit/text.ts'
import { permissionOf } from '#model/action.ts'
import type { PlacedGap } from '#model/assessment.ts'
import { indented, type Look } from './page.ts'

const meanings = {
  refused: 'the permission is missing',
  failed: 'AWS could not answer',
  unsupported: 'this does not exist there',
}

/** A section about gaps; nothing when there are none. */
export function viewGaps(gaps: readonly PlacedGap[], look: Look): string[] {
  if (gaps.length === 0) return []
  // What one service says of several calls in the same words is one thing to mend.
  const groups = groupBy(gaps, ({ source, gap, code, account, message }) =>
    [source.split(':')[0], gap, code, account, message].join(' '),
  )
  return [
    '',
    look.paint('strong', 'What could not be seen'),
    ...[...groups.values()].flatMap((same) => viewGroup(same, look)),
  ]
}

function viewGroup(same: PlacedGap[], look: Look): string[] {
  const [first] = same
  if (!first) return []
  const { gap, code, account, message } = first
  const named = gap === 'refused' ? permissionOf : (source: string) => source
  const sources = [...new Set(same.map(({ source }) => named(source)))].join(', ')
  const regions = [...new Set(same.map(({ region }) => region))].join(', ')
  const head = `? ${sources}: ${meanings[gap]} (${code}), ${counted(same.length, 'time')} in ${account} ${regions}`
  return [...indented(head, look).map((line) => look.paint('warn', line)), ...indented(message, look, '    ')]
}
