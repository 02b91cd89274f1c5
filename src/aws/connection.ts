// How to reach AWS: what the user says of it, and what that makes of a client's configuration.

/** How to reach AWS: the AWS CLI's own words. */
export type Connection = {
  profile?: string | undefined
  /** Regions to look into; empty means the one that the environment or profile names. */
  regions: readonly string[]
  allRegions: boolean
  endpointUrl?: string | undefined
  /** Stops everything under way. */
  signal?: AbortSignal | undefined
}

export type Credentials = {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
  expiration?: Date
}

/** What a client is for. */
export type ClientNeeds = {
  /** `short` for the first question, `long` for reads, `never` for changes. */
  retries: 'short' | 'long' | 'never'
  credentials?: (() => Promise<Credentials>) | undefined
}

/**
 * The configuration of a client. Reads are retried with the SDK's adaptive mode; changes are never retried by the SDK,
 * because after a broken connection nobody knows whether the first one was carried out: `engine/take-step.ts` looks.
 */
export function clientConfig(
  { profile, endpointUrl }: Connection,
  region: string | undefined,
  { retries, credentials }: ClientNeeds,
): object {
  return {
    ...(region ? { region } : {}),
    ...(profile ? { profile } : {}),
    ...(endpointUrl ? { endpoint: endpointUrl } : {}),
    ...(credentials ? { credentials } : {}),
    maxAttempts: { short: 2, long: 5, never: 1 }[retries],
    ...(retries === 'long' ? { retryMode: 'adaptive' } : {}),
    requestHandler: {
      connectionTimeout: 3_000,
      // A read that hangs is given up after five times eight seconds; a change may take its time.
      requestTimeout: { short: 5_000, long: 8_000, never: 30_000 }[retries],
      throwOnRequestTimeout: true,
      // An object that stops coming half-way is given up, too.
      ...(retries === 'long' ? { socketTimeout: 20_000 } : {}),
    },
    // The SDK's warnings would land between the lines of a report. Without `info`, it does not copy each answer for it.
    logger: { trace() {}, debug() {}, warn() {}, error() {} },
  }
}
