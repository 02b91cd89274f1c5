// Values in V8's own serialisation, packed: what a saved state is made of. Packing fast matters more than packing small.

import { promisify } from 'node:util'
import { deserialize, serialize } from 'node:v8'
import { gunzipSync, gzip, gzipSync } from 'node:zlib'

const fast = { level: 1 }
const packing = promisify(gzip)

/** A value as bytes. */
export function pack(value: unknown): Buffer {
  return gzipSync(serialize(value), fast)
}

/** What is serialised already, packed while the process goes on. */
export function packBeside(serialised: Buffer): Promise<Buffer> {
  return packing(serialised, fast)
}

/** The value again. */
export function unpack<T>(bytes: Buffer): T {
  return deserialize(gunzipSync(bytes)) as T
}
