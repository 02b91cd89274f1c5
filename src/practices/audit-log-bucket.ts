// Buckets of audit logs take what Redshift writes, and show it to nobody.

import { listed } from '#kit/text.ts'
import { call } from '#model/action.ts'
import { calledAt, isWalled, publicGrants, publicWall, whyPolicyStays } from '#model/bucket-policy.ts'
import { allWays, clustersOf, logBucketNeeds, logFixes, misplaced, refusals } from '#model/log-bucket.ts'
import { worstOf } from '#model/missing.ts'
import { type ChangeDraft, definePractice, fail, type Known, pass, type Verdict } from '#model/practice.ts'
import { bucket, everybodyLists, everybodyReads, policyOf, redshiftWrites } from './examples/bucket.ts'

const needs = [...logBucketNeeds, 'acl'] as const
type Subject = Known<'s3:bucket', (typeof needs)[number]>

const page = 'https://docs.aws.amazon.com/redshift/latest/mgmt/db-auditing.html'
const walls = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html'

export default definePractice({
  id: 'audit-log-bucket',
  title: 'Buckets of audit logs take what Redshift writes, and show it to nobody',
  severity: 'high',
  resource: 's3:bucket',
  needs,
  controls: [
    'security-hub/S3.2',
    'security-hub/S3.3',
    'prowler/s3_bucket_policy_public_write_access',
    'prowler/s3_bucket_public_access',
    'prowler/s3_bucket_public_list_acl',
    'prowler/s3_bucket_public_write_acl',
  ],
  references: [
    page,
    walls,
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/configuring-block-public-access-bucket.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html',
  ],
  why: 'Redshift says nothing when a bucket stops taking its logs: the policy still names the user of old, somebody encrypted it with KMS, or it was made anew elsewhere. And the user activity log holds the SQL text, values and all: in a public bucket the world reads along.',
  whenNotTo:
    'Where logs go to CloudWatch Logs there is no bucket, and no finding. A bucket that the world may read is never meant to take audit logs: make another one for them.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-logging-status --cluster-identifier CLUSTER',
        'aws s3api get-bucket-location --bucket BUCKET',
        'aws s3api get-bucket-policy --bucket BUCKET --query Policy --output text',
        'aws s3api get-bucket-policy-status --bucket BUCKET',
        'aws s3api get-bucket-acl --bucket BUCKET',
        'aws s3api get-public-access-block --bucket BUCKET',
        'aws s3control get-public-access-block --account-id ACCOUNT',
        'aws s3api get-bucket-encryption --bucket BUCKET',
        'aws s3api get-object-lock-configuration --bucket BUCKET',
      ],
      console: [
        'Amazon S3 › Buckets › BUCKET › Properties: AWS Region, Default encryption, Object Lock.',
        'Amazon S3 › Buckets › BUCKET › Permissions: Block public access, Bucket policy, Access control list.',
        'Amazon S3 › Block Public Access settings for this account: what is on there holds for every bucket.',
      ],
    },
    change: {
      cli: [
        'aws s3api put-bucket-policy --bucket BUCKET --policy file://policy-that-lets-redshift-write.json',
        'aws s3api put-bucket-encryption --bucket BUCKET --server-side-encryption-configuration "Rules=[{ApplyServerSideEncryptionByDefault={SSEAlgorithm=AES256}}]"',
        'aws s3api put-public-access-block --bucket BUCKET --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
        'aws redshift enable-logging --cluster-identifier CLUSTER --bucket-name ANOTHER-BUCKET',
      ],
      console: [
        'Amazon S3 › Buckets › BUCKET › Permissions › Bucket policy › Edit: allow redshift.amazonaws.com, in regions to opt in to redshift.REGION.amazonaws.com, s3:PutObject and s3:GetBucketAcl on the bucket and its objects; Save changes.',
        'Amazon S3 › Buckets › BUCKET › Permissions › Block public access (bucket settings) › Edit: Block all public access, Save changes.',
        'Amazon S3 › Buckets › BUCKET › Properties › Default encryption › Edit: Server-side encryption with Amazon S3 managed keys (SSE-S3), Save changes.',
        'A bucket that lies in another region, has Object Lock, or is gone: Amazon S3 › Create bucket in the region of the cluster, without Object Lock; then Amazon Redshift › Clusters › CLUSTER › Properties › Database configurations › Edit › Edit audit logging. The logs of before stay where they are.',
      ],
    },
    source: page,
    readOn: '2026-11-27',
  },

  concerns: ({ TakesAuditLogs }) => TakesAuditLogs,

  check(subject) {
    const worst = worstOf(...ways.map((way) => () => way(subject)))
    if (worst) return worst
    const { usedBy } = subject
    return usedBy.length > 0
      ? pass('ready', `takes the audit log of ${clustersOf(subject)}, and the world cannot read it`)
      : pass('unused', 'takes no audit log any more')
  },

  remediation: {
    summary:
      'Let Redshift write in the policy of the bucket, encrypt it with SSE-S3, and wall off the public; what was there before is kept for the undo.',
    impact: 'none',
    later: 'Redshift delivers the next log within about an hour.',
    steps(subject) {
      const reasons = allWays(subject, ways).map(({ reason }) => reason)
      // Where something keeps logs out that no call mends, letting them in is in vain; the wall is not.
      const isInVain = reasons.some((reason) => byHand[reason])
      const stays = !isInVain && reasons.includes('not-allowed') ? whyPolicyStays(subject) : undefined
      if (stays) return { none: stays }
      const drafts = Object.entries(fixes).flatMap(([reason, fix]) =>
        reasons.includes(reason) && !(isInVain && logFixes[reason]) ? [fix(subject)] : [],
      )
      const [first = ''] = reasons
      return drafts.length > 0 ? drafts : { none: byHand[first] ?? 'a person must look at its policy' }
    },
  },

  examples: {
    pass: {
      'ready, and it refuses plain HTTP': bucket({ reason: 'ready' }),
      'a public policy behind a wall': bucket({
        reason: 'ready',
        policy: policyOf(redshiftWrites, everybodyReads),
        policyIsPublic: true,
      }),
      'a public policy behind the wall of its account': bucket({
        reason: 'ready',
        policy: policyOf(redshiftWrites, everybodyReads),
        policyIsPublic: true,
        publicAccessBlock: null,
        accountPublicAccessBlock: publicWall,
      }),
      'a public ACL behind the wall of its account': bucket({
        reason: 'ready',
        acl: [everybodyLists],
        publicAccessBlock: { ...publicWall, IgnorePublicAcls: false, BlockPublicAcls: false },
        accountPublicAccessBlock: publicWall,
      }),
    },
    fail: {
      'nothing lets Redshift write': bucket({ reason: 'not-allowed', policy: null }),
      'the policy names the user of old': bucket({
        reason: 'not-allowed',
        policy: policyOf({ ...redshiftWrites, Principal: { AWS: 'arn:aws:iam::193672423079:user/logs' } }),
      }),
      'nothing lets Redshift write, and S3 takes no policy that stays public': bucket({
        reason: 'not-allowed',
        policy: policyOf(everybodyReads),
        policyIsPublic: true,
      }),
      'only the organization may write': bucket({
        reason: 'denied',
        policy: policyOf(redshiftWrites, {
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:PutObject',
          Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
        }),
      }),
      'everybody reads, by the policy': bucket({
        reason: 'public',
        policy: policyOf(redshiftWrites, everybodyReads),
        policyIsPublic: true,
        publicAccessBlock: null,
      }),
      'everybody lists, by the ACL': bucket({
        reason: 'public',
        acl: [everybodyLists],
        publicAccessBlock: { ...publicWall, IgnorePublicAcls: false, BlockPublicAcls: false },
      }),
      'encrypted with KMS': bucket({
        reason: 'kms',
        encryption: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
      }),
      'encrypted with KMS, and Redshift may not write': bucket({
        reason: 'kms',
        policy: null,
        encryption: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
      }),
      'Object Lock is on': bucket({ reason: 'object-lock', objectLock: true }),
      'in another region': bucket({ reason: 'other-region', location: 'us-east-1' }),
      gone: bucket({ reason: 'gone', location: null }),
    },
  },
})

type Way = (subject: Subject) => Verdict<(typeof needs)[number]> | undefined

/** What may be wrong; no answer is read before the ones ahead of it are found in order, or missing. */
const ways: readonly Way[] = [misplaced, publicByPolicy, publicByAcl, ...refusals]

function publicByPolicy(subject: Subject) {
  if (!subject.policyIsPublic || isWalled(subject, 'RestrictPublicBuckets')) return undefined
  return fail('public', `lets everybody in by its policy, ${noWall}`)
}

function publicByAcl(subject: Subject) {
  const granted = publicGrants(subject.acl)
  if (granted.length === 0 || isWalled(subject, 'IgnorePublicAcls')) return undefined
  const rights = listed(granted.map(({ Permission = '' }) => Permission))
  return fail('public', `gives everybody ${rights} by its ACL, ${noWall}`)
}

const noWall = 'with no public access block against it, neither its own nor that of its account'

/** What calls do about a problem; the wall comes last, for S3 takes no public policy behind it. */
const fixes: Record<string, (subject: Subject) => ChangeDraft> = { ...logFixes, public: wallOff }

const byHand: Record<string, string> = {
  gone: 'only a person knows where the logs should go: make a bucket, or send them elsewhere with "redoubt do logging enable"',
  'other-region':
    'a bucket does not move: make one in the region of the cluster, and send the logs there with "redoubt do logging enable"',
  'object-lock':
    'Object Lock stays on for ever: make a bucket without it, and send the logs there with "redoubt do logging enable"',
  denied: 'a statement of its policy refuses Redshift, and a person must say whom else it is meant for',
}

function wallOff({ arn, name, facts, location, publicAccessBlock }: Subject): ChangeDraft {
  const place = `Amazon S3 › Buckets › ${name} › Permissions › Block public access › Edit`
  const put = (PublicAccessBlockConfiguration: NonNullable<Subject['publicAccessBlock']>) =>
    call('s3:PutPublicAccessBlock', { Bucket: name, PublicAccessBlockConfiguration })
  return {
    title: `Wall off the public from ${name}`,
    ...calledAt({ facts, location }),
    call: put(publicWall),
    effects: [
      { resource: arn, fact: 'publicAccessBlock', before: publicAccessBlock as never, after: publicWall },
    ],
    console: `${place}: Block all public access`,
    impact: 'none',
    notes: [`whoever read ${name} without credentials of the account reads it no more`],
    undo: publicAccessBlock
      ? { call: put(publicAccessBlock), console: `${place}: as it was` }
      : {
          call: call('s3:DeletePublicAccessBlock', { Bucket: name }),
          console: `${place}: clear Block all public access`,
        },
  }
}
