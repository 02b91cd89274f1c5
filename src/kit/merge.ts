// Several streams as one, in the order in which things arrive.

/** Yields from all generators as they give; the first error ends it. */
export async function* merge<T>(...streams: AsyncGenerator<T>[]): AsyncGenerator<T> {
  const pending = new Map(streams.map((stream) => [stream, step(stream)]))
  try {
    while (pending.size > 0) {
      const { stream, result } = await Promise.race(pending.values())
      if (result.done) pending.delete(stream)
      else {
        pending.set(stream, step(stream))
        yield result.value
      }
    }
  } finally {
    for (const stream of pending.keys()) void stream.return(undefined)
  }
}

async function step<T>(stream: AsyncGenerator<T>) {
  return { stream, result: await stream.next() }
}
