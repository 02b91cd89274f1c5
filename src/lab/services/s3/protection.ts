// What protects a bucket: public access block, encryption, Object Lock, versioning, and who owns its objects.

import type * as client from '@aws-sdk/client-s3'
import type { Operations } from '#lab/wire/operations.ts'
import { bucketOf, usualEncryption } from './buckets.ts'
import { missing, refusal } from './errors.ts'
import { isPublicAcl } from './public.ts'

export const protectionOperations = {
  GetPublicAccessBlock(input, context) {
    const bucket = bucketOf(input, context)
    if (!bucket.publicAccessBlock) throw missing('NoSuchPublicAccessBlockConfiguration', bucket)
    return { PublicAccessBlockConfiguration: bucket.publicAccessBlock }
  },

  PutPublicAccessBlock(input, context) {
    const { PublicAccessBlockConfiguration: said } = input
    bucketOf(input, context).publicAccessBlock = wholeBlock(said)
    return {}
  },

  DeletePublicAccessBlock(input, context) {
    bucketOf(input, context).publicAccessBlock = undefined
    return {}
  },

  GetBucketEncryption(input, context) {
    return { ServerSideEncryptionConfiguration: { Rules: bucketOf(input, context).encryption } }
  },

  PutBucketEncryption(input, context) {
    const { Rules } = input.ServerSideEncryptionConfiguration
    bucketOf(input, context).encryption = checkedEncryption(Rules)
    return {}
  },

  // "This implementation of the DELETE action resets the default encryption for the bucket as … SSE-S3" (API).
  DeleteBucketEncryption(input, context) {
    bucketOf(input, context).encryption = usualEncryption()
    return {}
  },

  GetObjectLockConfiguration(input, context) {
    const bucket = bucketOf(input, context)
    if (!bucket.objectLock) throw missing('ObjectLockConfigurationNotFoundError', bucket)
    return { ObjectLockConfiguration: bucket.objectLock }
  },

  PutObjectLockConfiguration(input, context) {
    const bucket = bucketOf(input, context)
    // S3 User Guide, "Object Lock considerations": only with versioning, and never off again.
    if (bucket.versioning !== 'Enabled') {
      const message = "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration"
      throw refusal('InvalidBucketState', message)
    }
    const { ObjectLockEnabled, Rule } = input.ObjectLockConfiguration ?? {}
    if (ObjectLockEnabled !== 'Enabled' || !isRetention(Rule)) throw refusal('MalformedXML')
    bucket.objectLock = { ObjectLockEnabled, ...(Rule && { Rule }) }
    return {}
  },

  GetBucketVersioning(input, context) {
    const { versioning } = bucketOf(input, context)
    return versioning ? { Status: versioning } : {}
  },

  PutBucketVersioning(input, context) {
    const bucket = bucketOf(input, context)
    const { Status, MFADelete } = input.VersioningConfiguration
    if (MFADelete !== undefined && MFADelete !== 'Disabled')
      throw refusal('NotImplemented', 'The lab does not model MFA delete.')
    if (Status !== 'Enabled' && Status !== 'Suspended') throw refusal('MalformedXML')
    if (Status === 'Suspended' && bucket.objectLock) {
      const message =
        'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.'
      throw refusal('InvalidBucketState', message)
    }
    bucket.versioning = Status
    return {}
  },

  GetBucketOwnershipControls(input, context) {
    const bucket = bucketOf(input, context)
    if (!bucket.ownership) throw missing('OwnershipControlsNotFoundError', bucket)
    return { OwnershipControls: { Rules: [{ ObjectOwnership: bucket.ownership }] } }
  },

  PutBucketOwnershipControls(input, context) {
    const bucket = bucketOf(input, context)
    const [rule, second] = input.OwnershipControls.Rules ?? []
    if (!rule?.ObjectOwnership || second) throw refusal('MalformedXML')
    if (!ownerships.includes(rule.ObjectOwnership)) throw refusal('MalformedXML')
    // S3 User Guide, "Prerequisites for disabling ACLs": the ACL must grant to the owner only.
    if (rule.ObjectOwnership === 'BucketOwnerEnforced' && isPublicAcl(bucket.acl))
      throw refusal('InvalidBucketAclWithObjectOwnership')
    bucket.ownership = rule.ObjectOwnership
    return {}
  },

  DeleteBucketOwnershipControls(input, context) {
    bucketOf(input, context).ownership = undefined
    return {}
  },
} satisfies Operations<typeof client>

const ownerships = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter']

/** The four settings; those left out are off (API, PublicAccessBlockConfiguration). */
export function wholeBlock(said: client.PublicAccessBlockConfiguration) {
  return {
    BlockPublicAcls: said.BlockPublicAcls ?? false,
    IgnorePublicAcls: said.IgnorePublicAcls ?? false,
    BlockPublicPolicy: said.BlockPublicPolicy ?? false,
    RestrictPublicBuckets: said.RestrictPublicBuckets ?? false,
  }
}

const algorithms = ['AES256', 'aws:kms', 'aws:kms:dsse']

function checkedEncryption(
  rules: client.ServerSideEncryptionRule[] | undefined,
): client.ServerSideEncryptionRule[] {
  const [rule, second] = rules ?? []
  const { SSEAlgorithm, KMSMasterKeyID } = rule?.ApplyServerSideEncryptionByDefault ?? {}
  if (!rule || second || !SSEAlgorithm || !algorithms.includes(SSEAlgorithm)) throw refusal('MalformedXML')
  if (SSEAlgorithm === 'AES256' && KMSMasterKeyID !== undefined) {
    const message =
      'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse'
    throw refusal('InvalidArgument', message)
  }
  return [{ ...rule, BucketKeyEnabled: rule.BucketKeyEnabled ?? false }]
}

function isRetention(rule: client.ObjectLockRule | undefined): boolean {
  if (!rule) return true
  const { Mode, Days, Years } = rule.DefaultRetention ?? {}
  return (Mode === 'GOVERNANCE' || Mode === 'COMPLIANCE') && (Days ?? Years ?? 0) > 0 && !(Days && Years)
}
