// All findings from one inventory, with what could not be seen.

import type { Finding, Status } from './finding.ts'
import type { Gap } from './resource.ts'

/** A gap with the place it lies in. */
export type PlacedGap = Gap & { account: string; region: string }

export type Assessment = {
  schema: 'redoubt.assessment/1'
  id: string
  madeAt: string
  /** The inventory that was judged. */
  madeFrom: { id: string; hash: string }
  accounts: string[]
  regions: string[]
  /** Findings by status; those that are suppressed are counted apart. */
  counts: Record<Status | 'suppressed', number>
  findings: Finding[]
  /** What was refused or failed while collecting. An empty list is what makes an absent finding mean something. */
  gaps: PlacedGap[]
  interrupted: boolean
}
