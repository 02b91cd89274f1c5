// Colour as an extra: a view names the role of a piece of text, and never says anything by colour alone.

/** What a piece of text is, not what colour it has. */
export type Role = 'bad' | 'good' | 'warn' | 'dim' | 'strong' | 'name'

/** Gives a piece of text its colour, if there is any. It does not change what the text says or how wide it is. */
export type Paint = (role: Role, text: string) => string

/** No colour at all. */
export const plainPaint: Paint = (_, text) => text
