// How long what is done to a cluster takes in virtual time.

import { minute, second } from '#kit/time.ts'

// Unverified, all but those with a source: AWS publishes no durations. Terraform's acceptance runs create, change or
// restore a cluster in 3 to 10 minutes (terraform-provider-aws pull requests 21376 and 47435).
export const durations = {
  creating: 5 * minute,
  restoring: 10 * minute,
  deleting: 3 * minute,
  finalSnapshot: 5 * minute,
  modifying: 2 * minute,
  applyingParameters: minute,
  rebooting: 3 * minute,
  /** "The new DNS name … becomes effective within about 10 minutes" (rs-mgmt-rename-cluster). */
  renaming: 10 * minute,
  /** "The pause operation typically completes within 15 minutes" (rs-mgmt-pause-resume-cluster). */
  pausing: 15 * minute,
  resuming: 5 * minute,
  /** The stages of an elastic resize: "ten minutes on average" (resizing-cluster). */
  preparingResize: 3 * minute,
  elasticResize: 5 * minute,
  resizeCleanup: 2 * minute,
  /** "Anywhere from two hours to two days" for DC2 in the older guide; the lab's warehouses are small. */
  classicResize: 120 * minute,
  cancellingResize: 10 * minute,
  /** RA3 and RG are readable and writable again within about 15 minutes (working-with-db-encryption). */
  encrypting: 15 * minute,
  /** On DC2 the whole migration is read-only. */
  encryptingDenseCompute: 120 * minute,
  /** From the end of `resizing` to the first snapshot, whose end confirms the encryption. */
  firstSnapshotAfterEncryption: 30 * minute,
  relocating: 10 * minute,
  multiAz: 20 * minute,
  failover: 5 * minute,
  maintenance: 10 * minute,
  failureRestart: 10 * minute,
  tableRestore: 5 * minute,
  /** EnableLogging right after DisableLogging is refused (terraform-provider-aws logging.go retries). */
  disablingLogging: 15 * second,
} as const
