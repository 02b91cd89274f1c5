// Redshift's keys as the service needs them: operations with their schemas, and what happens on the agenda.

import {
  CreateHsmClientCertificate$,
  CreateHsmConfiguration$,
  CreateSnapshotCopyGrant$,
  DeleteHsmClientCertificate$,
  DeleteHsmConfiguration$,
  DeleteSnapshotCopyGrant$,
  DescribeHsmClientCertificates$,
  DescribeHsmConfigurations$,
  DescribeSnapshotCopyGrants$,
  RotateEncryptionKey$,
} from '@aws-sdk/client-redshift'
import { copyGrantOperations } from './copy-grants.ts'
import { hsmOperations } from './hsm.ts'
import { checkRootKey, endWithoutKey, hearOfRootKey } from './lost.ts'
import { keyRotationOperations } from './rotation.ts'

export const keyOperations = { ...keyRotationOperations, ...copyGrantOperations, ...hsmOperations }

export const keySchemas = {
  CreateHsmClientCertificate$,
  CreateHsmConfiguration$,
  CreateSnapshotCopyGrant$,
  DeleteHsmClientCertificate$,
  DeleteHsmConfiguration$,
  DeleteSnapshotCopyGrant$,
  DescribeHsmClientCertificates$,
  DescribeHsmConfigurations$,
  DescribeSnapshotCopyGrants$,
  RotateEncryptionKey$,
}

export const keyTasks = {
  'redshift:root-key': hearOfRootKey,
  'redshift:root-key-check': checkRootKey,
  'redshift:root-key-end': endWithoutKey,
}
