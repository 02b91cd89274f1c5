// Refuses members of a seed that nothing reads.

/**
 * Throws one sentence when a seed has a member that is not among the allowed ones; `elsewhere` are members of another
 * place, and what to call it, so that what stands at the wrong level is told where it belongs.
 */
export function demandMembers(
  seed: object,
  allowed: readonly string[],
  where: string,
  elsewhere: [members: readonly string[], place: string] = [[], ''],
): void {
  if (typeof seed !== 'object' || seed === null || Array.isArray(seed))
    throw new Error(`${where} must be an object, not ${JSON.stringify(seed)}`)
  const unknown = Object.keys(seed).find((name) => !allowed.includes(name))
  if (unknown === undefined) return
  const [members, place] = elsewhere
  const hint = members.includes(unknown) ? `: it belongs to ${place}` : ''
  throw new Error(`${where} has no member ${unknown}${hint}`)
}
