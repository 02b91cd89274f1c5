// A fault as a world, a file or the control endpoint names it.

/** Which calls go wrong, and how. Whatever is left out matches every call. */
export type FaultSeed = {
  kind: 'error' | 'timeout' | 'reset' | 'slow' | 'truncated' | 'malformed' | 'stale' | 'skew' | 'repeatMarker'
  account?: string
  region?: string
  /** `redshift:DescribeClusters`, `redshift:Describe*`, `redshift:*`. */
  action?: string
  /** So many calls go wrong, then no more. */
  count?: number
  /** So many calls go well first. */
  skip?: number
  /** From 0 to 1; drawn from the rule's own count, so that a run can be repeated. */
  probability?: number
  /** `error`: AWS's code, `Throttling` if left out; status and message as AWS has them for it. */
  code?: string
  status?: number
  message?: string
  /** `timeout` and `slow`: real seconds. */
  seconds?: number
  /** `stale`: how old what is read may be; `skew`: how far AWS's clock is off. A duration: `2m`, `-1h`. */
  by?: string
  /** `error`, `timeout`, `reset`: the call was carried out all the same. */
  after?: boolean
}
