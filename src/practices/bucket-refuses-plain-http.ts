// Buckets that data and audit logs move through refuse plain HTTP.

import { listed } from '#kit/text.ts'
import { isoDay } from '#kit/time.ts'
import { canBeMade } from '#model/bucket-name.ts'
import {
  bucketPolicyRewritten,
  plainHttpRefused,
  publicWall,
  refusingPlainHttp,
  whyPolicyStays,
} from '#model/bucket-policy.ts'
import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import type { Sighting } from '#model/resource.ts'
import {
  bucket,
  deliverable,
  everybodyReads,
  exampleBucket,
  exampleSighting,
  policyOf,
  refusesPlainHttp,
} from './examples/bucket.ts'

const page = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html'

/** The last statement in the logs that names it, in words. */
function seenIn([last, ...others]: readonly Sighting[] = []): string {
  if (!last) return ''
  const { statement, warehouse, at } = last
  const article = statement === 'COPY' ? 'a' : 'an'
  const more = others.length > 0 ? `, and ${others.length} more` : ''
  return `; seen in ${article} ${statement} of ${warehouse} on ${isoDay(at)}${more}`
}

/** What whoever makes a bucket comes by, or may do, that statements name which is not there. */
function takenBy(sightings: readonly Sighting[] = []): string {
  const isIn = (statement: Sighting['statement']) => sightings.some((one) => one.statement === statement)
  const ways = [
    ...(isIn('UNLOAD') ? ['gets what is unloaded there'] : []),
    ...(isIn('COPY') ? ['decides what is loaded from there'] : []),
  ]
  return ways.length > 0 ? listed(ways) : 'gets what is meant for it'
}

export default definePractice({
  id: 'bucket-refuses-plain-http',
  title: 'Buckets that data and audit logs move through refuse plain HTTP',
  severity: 'medium',
  resource: 's3:bucket',
  needs: ['location', 'policy', 'policyIsPublic', 'publicAccessBlock', 'accountPublicAccessBlock'],
  controls: ['security-hub/S3.5', 'prowler/s3_bucket_secure_transport_policy'],
  references: [
    page,
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html',
    'https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-ssl-requests-only.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html',
  ],
  why: 'What TLS protects on its way to the warehouse goes on to a bucket, and S3 answers plain HTTP as well, unless the policy of the bucket refuses it. What is unloaded, loaded or logged there can then be read and changed on the way by whoever sits in between. Which buckets data moves through is told by dataBuckets in redoubt.yaml, and by the COPY and UNLOAD statements of the user activity logs where readLogs lets a scan read them: what a statement names counts, whether it succeeded or not, and a line that somebody forged in the log is one bucket too many to look at, never one too few. A bucket that does not exist fails as well: a name that nobody has is there for anybody to take, and the next statement that names it then reaches whoever did. A log does not tell a name that was mistyped once from a job that runs every night.',
  whenNotTo:
    'A client that cannot do TLS, which is hardly ever true today: mend the client, or suppress it with the client as the reason. A bucket that does not exist and was named once, by mistake: suppress it until that day is no longer among those whose logs are read.',
  guide: {
    check: {
      cli: ['aws s3api get-bucket-policy --bucket BUCKET --query Policy --output text'],
      console: [
        'Amazon S3 › Buckets › BUCKET › Permissions › Bucket policy: a statement that denies s3:* to everybody, on the bucket and its objects, where aws:SecureTransport is false.',
      ],
    },
    change: {
      cli: ['aws s3api put-bucket-policy --bucket BUCKET --policy file://policy-with-the-statement.json'],
      console: [
        'Amazon S3 › Buckets › BUCKET › Permissions › Bucket policy › Edit: add Effect Deny, Principal *, Action s3:*, Resource the ARN of the bucket and the same with /*, Condition Bool aws:SecureTransport false; Save changes.',
      ],
    },
    source: page,
    readOn: '2026-11-27',
  },

  check(subject) {
    const seen = seenIn(subject.facts.Sightings)
    // One that has a policy is there.
    if (subject.policy === null && subject.location === null) {
      // Unverified: how Redshift asks for a name with capitals. As part of a host name they are none.
      if (!canBeMade(subject.name.toLowerCase())) {
        const never = 'does not exist, and nobody can make a bucket of that name'
        const { Sightings, TakesAuditLogs } = subject.facts
        // Whoever wrote the settings meant another one, which nobody looked at.
        return Sightings || TakesAuditLogs
          ? pass('never', `${never}${seen}`)
          : unknown('no-name', `${never}: dataBuckets in redoubt.yaml means another one`)
      }
      return fail(
        'gone',
        `does not exist: whoever makes a bucket of that name ${takenBy(subject.facts.Sightings)}${seen}`,
      )
    }
    const refused = plainHttpRefused(subject.policy, subject.arn)
    const states = { configured: said(refused, 'policy'), inForce: said(refused, 'policy') }
    if (refused === 'all') return pass('refused', `refuses plain HTTP to everybody${seen}`, states)
    return refused === 'part'
      ? fail(
          'partly',
          `refuses plain HTTP to some only, for some of what it holds, or under one more condition${seen}`,
          states,
        )
      : fail('plain-http', `takes plain HTTP from whoever may use it${seen}`, states)
  },

  remediation: {
    summary:
      'Add a statement to the policy that refuses plain HTTP to everybody; the old document is kept for the undo.',
    impact: 'none',
    steps(subject) {
      const { location, name, arn } = subject
      if (location === null)
        return {
          none: 'make the bucket before somebody else does, or name another: under dataBuckets in redoubt.yaml, in the statements, or with "redoubt do logging enable"; a name that a statement had by mistake is told of until the logs that are read no longer have it',
        }
      const stays = whyPolicyStays(subject)
      if (stays) return { none: stays }
      return [
        bucketPolicyRewritten(subject, (policy) => refusingPlainHttp(policy, arn), {
          title: `Refuse plain HTTP to ${name}`,
          console: `deny s3:* to everybody on ${arn} and ${arn}/* where aws:SecureTransport is false`,
          notes: ['who uses http:// there is refused from now on; the SDKs and Redshift use TLS'],
        }),
      ]
    },
  },

  examples: {
    pass: {
      'refused to everybody': bucket({ reason: 'refused' }),
      'a bucket for data, in two statements': bucket({
        reason: 'refused',
        isForData: true,
        policy: policyOf(
          { ...refusesPlainHttp, Resource: exampleBucket },
          { ...refusesPlainHttp, Principal: { AWS: '*' }, Resource: `${exampleBucket}/*` },
        ),
      }),
    },
    fail: {
      'no policy at all': bucket({ reason: 'plain-http', isForData: true, policy: null }),
      'a policy that says nothing of it': bucket({ reason: 'plain-http', policy: deliverable }),
      'a bucket for data in another region': bucket({
        reason: 'plain-http',
        isForData: true,
        location: 'us-east-1',
        policy: null,
      }),
      'a bucket that logs show': bucket({
        reason: 'plain-http',
        isForData: true,
        policy: null,
        sightings: [
          { ...exampleSighting, statement: 'UNLOAD', at: '2026-11-25T03:12:44Z' },
          { ...exampleSighting, statement: 'COPY', at: '2026-11-24T22:00:09Z' },
        ],
      }),
      'objects only': bucket({
        reason: 'partly',
        policy: policyOf({ ...refusesPlainHttp, Resource: `${exampleBucket}/*` }),
      }),
      'reading only': bucket({
        reason: 'partly',
        isForData: true,
        policy: policyOf({ ...refusesPlainHttp, Action: ['s3:GetObject', 's3:ListBucket'] }),
      }),
      'under one more condition': bucket({
        reason: 'partly',
        isForData: true,
        policy: policyOf({
          ...refusesPlainHttp,
          Condition: {
            ...refusesPlainHttp.Condition,
            StringNotEquals: { 'aws:PrincipalAccount': '111122223333' },
          },
        }),
      }),
      'a policy that is public, behind a wall': bucket({
        reason: 'plain-http',
        isForData: true,
        policy: policyOf(everybodyReads),
        policyIsPublic: true,
      }),
      'a policy that is public, behind the wall of its account': bucket({
        reason: 'plain-http',
        isForData: true,
        policy: policyOf(everybodyReads),
        policyIsPublic: true,
        publicAccessBlock: null,
        accountPublicAccessBlock: publicWall,
      }),
      'a bucket for data that is gone': bucket({ reason: 'gone', isForData: true, location: null }),
      'a bucket that logs show and that is not there': bucket({
        reason: 'gone',
        isForData: true,
        location: null,
        sightings: [{ ...exampleSighting, statement: 'COPY' }],
      }),
    },
  },
})
