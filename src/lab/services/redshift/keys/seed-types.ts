// What a region's seed says of Redshift's keys.

import type { HsmClientCertificate, HsmConfiguration, SnapshotCopyGrant } from '@aws-sdk/client-redshift'
import type { Seed } from '#lab/world.ts'

/** Snapshot copy grants of this region as a destination, and what is there for HSMs. */
export type RedshiftKeysSeed = {
  snapshotCopyGrants?: Seed<SnapshotCopyGrant>[]
  hsmClientCertificates?: Seed<HsmClientCertificate>[]
  hsmConfigurations?: Seed<HsmConfiguration>[]
}
