// Several streams as one, in the order in which things arrive.

/** Yields from all generators as they give; the first error ends it. */
export async function* merge<T>(...streams: AsyncGenerator<T>[]): AsyncGenerator<T> {
  const open = new Set(streams)
  const arrived: { stream: AsyncGenerator<T>; result: IteratorResult<T> }[] = []
  const failed: { error: unknown }[] = []
  let wake = () => {}
  // Not Promise.race: each race would leave something behind on all promises that are still waited for.
  const pull = (stream: AsyncGenerator<T>) =>
    stream.next().then(
      (result) => {
        arrived.push({ stream, result })
        wake()
      },
      (error: unknown) => {
        failed.push({ error })
        wake()
      },
    )
  for (const stream of streams) void pull(stream)
  try {
    while (open.size > 0) {
      const [failure] = failed
      if (failure) throw failure.error
      const next = arrived.shift()
      if (!next) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      } else if (next.result.done) open.delete(next.stream)
      else {
        void pull(next.stream)
        yield next.result.value
      }
    }
  } finally {
    for (const stream of open) void stream.return(undefined)
  }
}
