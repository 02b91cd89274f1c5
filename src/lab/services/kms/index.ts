// AWS Key Management Service as the lab speaks it.

import {
  CancelKeyDeletion$,
  CreateAlias$,
  CreateGrant$,
  CreateKey$,
  Decrypt$,
  DeleteAlias$,
  DeleteImportedKeyMaterial$,
  DescribeKey$,
  DisableKey$,
  DisableKeyRotation$,
  EnableKey$,
  EnableKeyRotation$,
  Encrypt$,
  GenerateDataKey$,
  GenerateDataKeyWithoutPlaintext$,
  GetKeyLastUsage$,
  GetKeyPolicy$,
  GetKeyRotationStatus$,
  ListAliases$,
  ListGrants$,
  ListKeyPolicies$,
  ListKeyRotations$,
  ListKeys$,
  ListResourceTags$,
  ListRetirableGrants$,
  PutKeyPolicy$,
  ReEncrypt$,
  RetireGrant$,
  RevokeGrant$,
  RotateKeyOnDemand$,
  ScheduleKeyDeletion$,
  TagResource$,
  UntagResource$,
  UpdateAlias$,
  UpdateKeyDescription$,
} from '@aws-sdk/client-kms'
import { awsJson } from '#lab/wire/json.ts'
import { paired, type Service } from '#lab/wire/operations.ts'
import { accessTo } from './access-to.ts'
import { aliasOperations } from './alias-operations.ts'
import { cryptoOperations } from './crypto-operations.ts'
import { grantOperations } from './grant-operations.ts'
import { expireMaterial, importOperations } from './import-operations.ts'
import { deleteKey, keyOperations } from './key-operations.ts'
import { policyOperations } from './policy-operations.ts'
import { rotationOperations } from './rotation-operations.ts'
import { seedKms } from './seed.ts'
import { tagOperations } from './tag-operations.ts'

/** AWS KMS. */
export const kms: Service = {
  name: 'kms',
  protocol: awsJson({ serviceTarget: 'TrentService', defaultNamespace: 'com.amazonaws.kms' }),
  operations: paired(
    {
      ...keyOperations,
      ...aliasOperations,
      ...policyOperations,
      ...grantOperations,
      ...rotationOperations,
      ...cryptoOperations,
      ...importOperations,
      ...tagOperations,
    },
    {
      CancelKeyDeletion$,
      CreateAlias$,
      CreateGrant$,
      CreateKey$,
      Decrypt$,
      DeleteAlias$,
      DeleteImportedKeyMaterial$,
      DescribeKey$,
      DisableKey$,
      DisableKeyRotation$,
      EnableKey$,
      EnableKeyRotation$,
      Encrypt$,
      GenerateDataKey$,
      GenerateDataKeyWithoutPlaintext$,
      GetKeyLastUsage$,
      GetKeyPolicy$,
      GetKeyRotationStatus$,
      ListAliases$,
      ListGrants$,
      ListKeyPolicies$,
      ListKeyRotations$,
      ListKeys$,
      ListResourceTags$,
      ListRetirableGrants$,
      PutKeyPolicy$,
      ReEncrypt$,
      RetireGrant$,
      RevokeGrant$,
      RotateKeyOnDemand$,
      ScheduleKeyDeletion$,
      TagResource$,
      UntagResource$,
      UpdateAlias$,
      UpdateKeyDescription$,
    },
  ),
  resourceOf: () => '*',
  accessTo,
  tasks: { 'kms:deletion': deleteKey, 'kms:material-expiry': expireMaterial },
  seedRegion: seedKms,
  refusal: 'AccessDenied',
}
