// How long things take in virtual time.

import { minute } from '#kit/time.ts'

// Changing a key: "typically takes fifteen minutes per 8TB of stored data"
// (serverless-workgroups-and-namespaces-rotate-kms-key). First phase of a restore: "a few minutes"
// (serverless-snapshot-restore). First recovery point: "can take a few minutes" (hashicorp/terraform-provider-aws#38865).
// Creating and deleting a workgroup: about five minutes there. Unverified: the others.
/** How long each kind of work takes. */
export const durations = {
  createWorkgroup: 4 * minute,
  updateWorkgroup: 3 * minute,
  deleteWorkgroup: 4 * minute,
  updateNamespace: 2 * minute,
  changeKey: 15 * minute,
  deleteNamespace: 2 * minute,
  restore: 10 * minute,
  restoreTable: 6 * minute,
  snapshot: 3 * minute,
  copy: 10 * minute,
  firstRecoveryPoint: 5 * minute,
  endpoint: 3 * minute,
}
