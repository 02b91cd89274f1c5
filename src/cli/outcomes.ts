// What the verbs of the app floor give back, named for the views.

import type { apply, undo, verify } from '#app/apply.ts'

export type ApplyOutcome = NonNullable<Awaited<ReturnType<typeof apply>>>['outcome']
export type UndoOutcome = NonNullable<Awaited<ReturnType<typeof undo>>>['outcome']
export type Verification = Awaited<ReturnType<typeof verify>>
export type Watch = Parameters<typeof apply>[4]['watch']
