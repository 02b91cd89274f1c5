// All findings from one inventory, with what could not be seen.

import type { Finding, Status } from './finding.ts'
import type { Gap } from './resource.ts'
import type { ReadLogs } from './settings.ts'
import type { Severity } from './severity.ts'

/** A gap with the place it lies in. */
export type PlacedGap = Gap & { account: string; region: string }

/** Findings by status; those that are suppressed are counted apart. */
export type Counts = Record<Status | 'suppressed', number>

/** Everything that an assessment says besides its findings. */
export type AssessmentHead = {
  schema: 'redoubt.assessment/1'
  id: string
  madeAt: string
  /** The inventory that was judged. */
  madeFrom: { id: string; hash: string }
  accounts: string[]
  regions: string[]
  /** Over how many days user activity logs were read for the buckets that they name, where they were. */
  readLogs?: ReadLogs
  counts: Counts
  /** What was refused or failed while collecting. An empty list is what makes an absent finding mean something. */
  gaps: PlacedGap[]
  interrupted: boolean
}

/** The whole document, as other programs read it. */
export type Assessment = AssessmentHead & { findings: Finding[] }

/** How one practice judged all in all. */
export type Tally = { practice: string; severity: Severity; counts: Counts }

/** What findings have in common that lie together in a workspace. */
export type Kin = { account: string; region: string; suppressed: boolean } & Pick<
  Finding,
  'status' | 'severity'
>

/** An assessment in a workspace: there may be a million findings, so they are read when they are asked for. */
export type KeptAssessment = AssessmentHead & {
  /** Over the head and all findings. */
  hash: string
  /** By the id of the practice. */
  tallies: Tally[]
  /** The findings that are wanted, worst first; all when nothing is said. */
  findings(isWanted?: (kin: Kin) => boolean): AsyncIterable<Finding>
}
