// Who may import whom, as data: test/floors.test.ts enforces it, docs/architecture.md shows it.

/** A floor: its folders, and the folders they may import from besides themselves. Higher floors stand first. */
export type Floor = { level: string; folders: readonly string[]; mayImport: readonly string[]; note?: string }

const shelves = ['collectors', 'practices', 'actions', 'logs', 'reports']

export const floors: readonly Floor[] = [
  { level: '6', folders: ['cli'], mayImport: ['app', 'model', 'kit'] },
  { level: '5', folders: ['app'], mayImport: ['engine', ...shelves, 'store', 'aws', 'model', 'kit'] },
  {
    level: '4',
    folders: ['engine'],
    mayImport: ['aws', 'store', 'model', 'kit'],
    note: 'shelves are handed to it, so a shelf never touches a verb',
  },
  { level: '3', folders: ['collectors'], mayImport: ['aws', 'model', 'kit'] },
  {
    level: '3',
    folders: ['practices', 'actions', 'logs', 'reports'],
    mayImport: ['model', 'kit'],
    note: 'pure: no AWS, no disk, no clock',
  },
  { level: '2', folders: ['aws', 'store'], mayImport: ['model', 'kit'] },
  { level: '1', folders: ['model'], mayImport: ['kit'] },
  { level: '0', folders: ['kit'], mayImport: [] },
  { level: '–', folders: ['lab'], mayImport: ['kit'], note: 'meets Redoubt only on the wire' },
]

/** Single files that may import more than their floor, each with its reason. */
export const exceptions: readonly { file: string; mayImport: string; why: string }[] = [
  { file: 'cli/start-lab.ts', mayImport: 'lab', why: '`lab` and `demo` start it' },
]
