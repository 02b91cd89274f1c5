// KMS renews the material of keys, where it can.

import { call } from '#model/action.ts'
import { definePractice, fail, manual, pass, said } from '#model/practice.ts'
import { key } from './examples/key.ts'

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
    'Where material is rotated on demand, by a calendar of your own: suppress it with that as the reason.',
  guide: {
    check: {
      cli: ['aws kms get-key-rotation-status --key-id KEY'],
      console: ['Key Management Service › Customer managed keys › KEY › Key rotation.'],
    },
    change: {
      cli: ['aws kms enable-key-rotation --key-id KEY'],
      console: [
        'Key Management Service › Customer managed keys › KEY › Key rotation › Automatic key rotation › Edit: Enable, Save.',
      ],
    },
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/rotating-keys-enable.html',
    readOn: '2026-11-27',
  },

  check(subject) {
    const { KeyManager, Origin = 'AWS_KMS', KeySpec = 'SYMMETRIC_DEFAULT' } = subject.metadata
    if (KeyManager === 'AWS') return pass('aws-managed', 'is rotated by AWS, which manages it')
    if (Origin !== 'AWS_KMS' || KeySpec !== 'SYMMETRIC_DEFAULT')
      return manual('not-by-kms', `cannot be rotated by KMS: its origin is ${Origin}, its kind ${KeySpec}`)
    const { KeyRotationEnabled: rotates, RotationPeriodInDays: days } = subject.rotation
    const states = {
      configured: said(rotates ?? false, 'rotation'),
      inForce: said(rotates ?? false, 'rotation'),
    }
    return rotates
      ? pass('rotated', `is rotated every ${days ?? 365} days`, states)
      : fail('off', 'is never rotated by KMS', states)
  },

  remediation: {
    summary: 'Let KMS rotate the key every year.',
    impact: 'none',
    steps({ arn, name, account, facts, metadata }) {
      if (facts.AWSAccountId !== account) return { none: `it belongs to account ${facts.AWSAccountId}` }
      const { KeyState } = metadata
      // https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
      if (KeyState !== 'Enabled') return { none: `it is ${KeyState}: the remedy of key-usable comes first` }
      const place = `Key Management Service › Customer managed keys › ${name} › Key rotation › Edit`
      return [
        {
          title: `Let KMS rotate key ${name}`,
          call: call('kms:EnableKeyRotation', { KeyId: arn }),
          effects: [{ resource: arn, fact: 'rotation.KeyRotationEnabled', before: false, after: true }],
          console: `${place}: Enable`,
          impact: 'none',
          notes: ['each of the first two rotations of a key adds 1 USD to its monthly price'],
          undo: { call: call('kms:DisableKeyRotation', { KeyId: arn }), console: `${place}: Disable` },
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
    },
    manual: {
      'imported material': key({ reason: 'not-by-kms', rotates: false, metadata: { Origin: 'EXTERNAL' } }),
    },
  },
})
