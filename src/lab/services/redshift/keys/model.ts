// What a region keeps of keys besides those of its clusters.

import type { HsmClientCertificate, HsmConfiguration } from '@aws-sdk/client-redshift'
import type { CopyGrantRecord } from './copy-grants.ts'

/** Snapshot copy grants, and what HSMs need. */
export type RedshiftKeys = {
  copyGrants: Map<string, CopyGrantRecord>
  hsmCertificates: Map<string, HsmClientCertificate>
  hsmConfigurations: Map<string, HsmConfiguration>
}

/** None of them yet. */
export function emptyKeys(): RedshiftKeys {
  return { copyGrants: new Map(), hsmCertificates: new Map(), hsmConfigurations: new Map() }
}
