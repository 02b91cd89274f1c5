// KMS renews the material of keys, where it can.

import { call } from '#model/action.ts'
import { ifTold } from '#model/missing.ts'
import { definePractice, fail, manual, pass, type States, said, unknown } from '#model/practice.ts'
import type { KeyFacts } from '#model/resource.ts'
import { key, replicaOf } from './examples/key.ts'

export default definePractice({
  id: 'key-rotation',
  title: 'Keys are rotated by KMS',
  severity: 'medium',
  resource: 'kms:key',
  needs: ['metadata', 'rotation'],
  controls: ['security-hub/KMS.4', 'prowler/kms_cmk_rotation_enabled'],
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html',
    'https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html',
  ],
  why: 'Less data lies under each piece of key material, and one that leaks opens less. KMS keeps the old material, so nothing becomes unreadable. It does not touch the keys of the cluster below it: those are rotated by RotateEncryptionKey.',
  whenNotTo:
    'Where material is rotated on demand, by a calendar of your own: suppress it with that as the reason. Of imported material that is the only way.',
  guide: {
    check: {
      cli: ['aws kms get-key-rotation-status --key-id KEY'],
      console: ['Key Management Service › Customer managed keys › KEY › Key rotation.'],
    },
    change: {
      cli: ['aws kms enable-key-rotation --key-id KEY'],
      console: [
        'Key Management Service › Customer managed keys › KEY › Key rotation › Automatic key rotation › Edit: Enable, Save.',
        'Of a multi-Region key this is done on its primary key, in the region of that.',
      ],
    },
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/rotating-keys-enable.html',
    readOn: '2026-11-27',
  },

  check(subject) {
    const { KeyManager, KeyState, Origin = 'AWS_KMS', KeySpec = 'SYMMETRIC_DEFAULT' } = subject.metadata
    if (KeyManager === 'AWS') return pass('aws-managed', 'is rotated by AWS, which manages it')
    if (Origin === 'EXTERNAL' && KeySpec === 'SYMMETRIC_DEFAULT')
      return manual('imported', 'is rotated only when somebody imports new material and asks for it')
    if (Origin !== 'AWS_KMS' || KeySpec !== 'SYMMETRIC_DEFAULT')
      return manual('not-by-kms', `cannot be rotated by KMS: its origin is ${Origin}, its kind ${KeySpec}`)
    const isUsed = KeyState === undefined || KeyState === 'Enabled' || KeyState === 'Updating'
    // One that is not in use is not rotated, whatever it is set to.
    const rotation = isUsed ? subject.rotation : ifTold(() => subject.rotation)
    const { KeyRotationEnabled: rotates, RotationPeriodInDays: days = 365 } = rotation ?? {}
    if (rotates === undefined) {
      return isUsed ? unknown('untold', 'does not tell whether it is rotated') : notWhile(KeyState)
    }
    // https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html: one that waits for its deletion
    // says false whatever it is set to.
    const isSetTo = KeyState?.startsWith('Pending') ? null : rotates
    const states = { configured: said(isSetTo, 'rotation'), inForce: said(rotates && isUsed, 'rotation') }
    if (isSetTo === false) return fail('off', 'is never rotated by KMS', states)
    if (!isUsed) return notWhile(KeyState, states)
    return pass('rotated', `is rotated every ${days} days`, states)
  },

  remediation: {
    summary: 'Let KMS rotate the key every year.',
    impact: 'none',
    steps({ arn, name, facts, metadata }) {
      const { AWSAccountId: owner, AskedBy } = facts
      if (AskedBy !== owner) return { none: `it belongs to account ${owner}` }
      const { KeyState } = metadata
      // https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
      if (KeyState !== 'Enabled') return { none: `it is ${KeyState}: the remedy of key-usable comes first` }
      const primary = primaryOf(metadata)
      const KeyId = primary?.Arn ?? arn
      const place = `${primary ? `In ${primary.Region}, ` : ''}Key Management Service › Customer managed keys › ${name} › Key rotation › Edit`
      return [
        {
          title: `Let KMS rotate key ${name}`,
          account: owner,
          ...(primary && { region: primary.Region }),
          call: call('kms:EnableKeyRotation', { KeyId }),
          effects: [{ resource: arn, fact: 'rotation.KeyRotationEnabled', before: false, after: true }],
          console: `${place}: Enable`,
          impact: 'none',
          notes: [
            'each of the first two rotations of a key adds 1 USD to its monthly price',
            ...(primary
              ? [
                  `it is a replica: what is set on its primary key in ${primary.Region} holds for all replicas`,
                ]
              : []),
          ],
          undo: { call: call('kms:DisableKeyRotation', { KeyId }), console: `${place}: Disable` },
        },
      ]
    },
  },

  examples: {
    pass: {
      'rotated every year': key({ reason: 'rotated' }),
      'a key that AWS manages': key({ reason: 'aws-managed', metadata: { KeyManager: 'AWS' } }),
    },
    fail: {
      'never rotated': key({ reason: 'off', rotates: false }),
      'never rotated, and disabled': key({
        reason: 'off',
        rotates: false,
        metadata: { KeyState: 'Disabled' },
      }),
      'a replica of a key of another region': key({
        reason: 'off',
        rotates: false,
        metadata: replicaOf('us-east-1'),
      }),
      'set to be rotated, and disabled': key({ reason: 'not-while', metadata: { KeyState: 'Disabled' } }),
      'waiting for its deletion': key({
        reason: 'not-while',
        rotates: false,
        metadata: { KeyState: 'PendingDeletion', DeletionDate: '2026-11-30T12:00:00Z' },
      }),
    },
    manual: {
      'imported material': key({ reason: 'imported', rotates: false, metadata: { Origin: 'EXTERNAL' } }),
      'a key store of its own': key({
        reason: 'not-by-kms',
        rotates: false,
        metadata: { Origin: 'AWS_CLOUDHSM' },
      }),
    },
  },
})

const notWhile = (state: string | undefined, states?: States<'rotation'>) =>
  fail('not-while', `is not rotated while it is ${state}`, states)

/**
 * The primary key of a replica: rotation is set there alone.
 * https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html#multi-region-rotate
 */
function primaryOf({
  MultiRegionConfiguration: multi,
}: KeyFacts): { Arn: string; Region: string } | undefined {
  if (multi?.MultiRegionKeyType !== 'REPLICA') return undefined
  const { Arn, Region } = multi.PrimaryKey ?? {}
  return Arn && Region ? { Arn, Region } : undefined
}
