// Keys that data lies under can be used.

import { call } from '#model/action.ts'
import { type ChangeDraft, definePractice, fail, type Known, pass, said, unknown } from '#model/practice.ts'
import { key } from './examples/key.ts'

export default definePractice({
  id: 'key-usable',
  title: 'Keys that data lies under can be used',
  severity: 'critical',
  resource: 'kms:key',
  needs: ['metadata'],
  controls: [
    'security-hub/KMS.3',
    'aws-config/kms-cmk-not-scheduled-for-deletion',
    'prowler/kms_cmk_not_deleted_unintentionally',
  ],
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html',
  ],
  why: 'Without its key a warehouse is out of reach at once. Redshift takes a last backup and waits 14 days; then it deletes the warehouse. When the key itself is deleted, no backup can be read either.',
  whenNotTo:
    'Where the data is to be destroyed by destroying its key: suppress it, with who decided that as the reason.',
  guide: {
    check: {
      cli: ['aws kms describe-key --key-id KEY --query "KeyMetadata.[KeyState,DeletionDate]"'],
      console: ['Key Management Service › Customer managed keys: Status.'],
    },
    change: {
      cli: ['aws kms cancel-key-deletion --key-id KEY', 'aws kms enable-key --key-id KEY'],
      console: [
        'Key Management Service › Customer managed keys › KEY › Key actions › Cancel key deletion, then Enable.',
        'Pending import: import the key material again. Unavailable: connect its custom key store again.',
      ],
    },
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/enabling-keys.html',
    readOn: '2026-11-27',
  },

  check({ metadata }) {
    const { KeyState: state, DeletionDate, ValidTo } = metadata
    if (state === undefined) return unknown('untold', 'does not tell its state')
    const states = { configured: said(state, 'metadata'), inForce: said(state, 'metadata') }
    const when = DeletionDate ? ` on ${DeletionDate.slice(0, 10)}` : ''
    if (state === 'Disabled') return fail('disabled', `is disabled: ${lost}`, states)
    if (state === 'PendingDeletion')
      return fail(
        'pending-deletion',
        `will be deleted${when}, and cannot be used until then: ${lost}`,
        states,
      )
    if (state === 'PendingReplicaDeletion')
      return fail(
        'pending-deletion',
        `will be deleted after the last of its replicas, and cannot be used until then: ${lost}`,
        states,
      )
    if (state === 'PendingImport')
      return fail('pending-import', `has no key material, which must be imported: ${lost}`, states)
    if (state === 'Unavailable')
      return fail('unavailable', `is out of reach, as its key store is not connected: ${lost}`, states)
    if (state !== 'Enabled' && state !== 'Updating')
      return unknown('untold', `is in the state ${state}, which does not tell whether it can be used`, states)
    const until = ValidTo ? ` until its imported material runs out on ${ValidTo.slice(0, 10)}` : ''
    return pass('usable', `can be used${until}: its state is ${state}`, states)
  },

  remediation: {
    summary: 'Cancel the deletion of the key, and enable it.',
    impact: 'none',
    steps(subject) {
      const { facts, metadata } = subject
      if (facts.AskedBy !== facts.AWSAccountId) return { none: `it belongs to account ${facts.AWSAccountId}` }
      if (metadata.KeyState === 'Disabled') return [enabled(subject)]
      if (metadata.KeyState?.endsWith('Deletion')) return [kept(subject), enabled(subject, true)]
      if (metadata.KeyState === 'PendingImport')
        return { none: 'only who has its key material can import that again' }
      return { none: `a person must see why it is ${metadata.KeyState}` }
    },
  },

  examples: {
    pass: {
      enabled: key({ reason: 'usable' }),
      'imported material that runs out': key({
        reason: 'usable',
        metadata: { Origin: 'EXTERNAL', ValidTo: '2026-12-01T00:00:00Z' },
      }),
    },
    fail: {
      disabled: key({ reason: 'disabled', metadata: { KeyState: 'Disabled' } }),
      'waiting for its deletion': key({
        reason: 'pending-deletion',
        metadata: { KeyState: 'PendingDeletion', DeletionDate: '2026-11-30T12:00:00Z' },
      }),
      'waiting for the deletion of its replicas': key({
        reason: 'pending-deletion',
        metadata: { KeyState: 'PendingReplicaDeletion' },
      }),
      'without its key material': key({
        reason: 'pending-import',
        rotates: false,
        metadata: { KeyState: 'PendingImport', Origin: 'EXTERNAL' },
      }),
      'in a key store that is not connected': key({
        reason: 'unavailable',
        rotates: false,
        metadata: { KeyState: 'Unavailable', Origin: 'AWS_CLOUDHSM' },
      }),
    },
  },
})

const lost =
  'what lies under it is out of reach, and Redshift deletes a warehouse after 14 days without its key'
const fact = 'metadata.KeyState'

const placeOf = (name: string) => `Key Management Service › Customer managed keys › ${name} › Key actions`

function kept({ arn, name, facts, metadata }: Known<'kms:key', 'metadata'>): ChangeDraft {
  return {
    account: facts.AWSAccountId,
    title: `Cancel the deletion of key ${name}`,
    call: call('kms:CancelKeyDeletion', { KeyId: arn }),
    effects: [{ resource: arn, fact, before: metadata.KeyState ?? null, after: 'Disabled' }],
    console: `${placeOf(name)} › Cancel key deletion`,
    impact: 'none',
    undo: { none: 'the deletion of a key is never scheduled again by an undo: it would destroy data' },
  }
}

function enabled({ arn, name, facts }: Known<'kms:key', 'metadata'>, wasLeaving = false): ChangeDraft {
  return {
    account: facts.AWSAccountId,
    title: `Enable key ${name}`,
    call: call('kms:EnableKey', { KeyId: arn }),
    effects: [{ resource: arn, fact, before: 'Disabled', after: 'Enabled' }],
    console: `${placeOf(name)} › Enable`,
    impact: 'none',
    undo: wasLeaving
      ? { none: 'its deletion is not scheduled again, and the data under it needs it' }
      : {
          call: call('kms:DisableKey', { KeyId: arn }),
          console: `${placeOf(name)} › Disable`,
          impact: 'irreversible',
          warning: 'what lies under the key is out of reach at once, and deleted after 14 days',
        },
  }
}
