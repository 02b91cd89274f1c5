// What a map lacks is made when it is first asked for. Node 20 has no Map.getOrInsertComputed.

/** What the map holds by a key. Where that is nothing, `make` makes it, and the map keeps it. */
export function madeOnce<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const held = map.get(key)
  if (held !== undefined) return held
  const made = make()
  map.set(key, made)
  return made
}
