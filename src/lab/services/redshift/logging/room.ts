// What can be made again, kept as long as there is room: the oldest is forgotten first.

export class Room<Made> {
  readonly #kept = new Map<string, Made>()
  readonly #most: number
  readonly #sizeOf: (made: Made) => number
  #size = 0

  constructor(most: number, sizeOf: (made: Made) => number) {
    this.#most = most
    this.#sizeOf = sizeOf
  }

  /** What is kept under a name, or is made now. The latest stays, however large it is. */
  get(name: string, make: () => Made): Made {
    const known = this.#kept.get(name)
    if (known !== undefined) return known
    const made = make()
    this.#kept.set(name, made)
    this.#size += this.#sizeOf(made)
    for (const [oldest, other] of this.#kept) {
      if (this.#size <= this.#most || this.#kept.size === 1) break
      this.#kept.delete(oldest)
      this.#size -= this.#sizeOf(other)
    }
    return made
  }
}
