// Namespaces lie under a key that the customer manages.

import { usableKey } from '#model/cluster-encryption.ts'
import { type KeyKind, keyKindOf } from '#model/key-kind.ts'
import { newKeyArn, newKeyFor } from '#model/new-key.ts'
import { definePractice, fail, type Known, pass, said, unknown } from '#model/practice.ts'
import { isKept, namespaceChange } from '#model/serverless.ts'
import { namespace } from './examples/namespace.ts'
import { exampleKey } from './examples.ts'

const otherKey = exampleKey.replace('5f0c1de0', '6a1d2ef1')

export default definePractice({
  id: 'namespace-customer-managed-key',
  title: 'Namespaces lie under a key that you manage',
  severity: 'medium',
  resource: 'redshift-serverless:namespace',
  needs: ['key'],
  controls: ['security-hub/RedshiftServerless.4'],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-workgroups-and-namespaces-rotate-kms-key.html',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-console-configuration-edit-network-settings.html',
  ],
  why: 'A namespace is always encrypted. Only under a key of your own do you decide who may decrypt, see every use of it in CloudTrail, and can take the data away from everybody by disabling one key.',
  whenNotTo:
    'Where nobody can answer for a key: one that is disabled or deleted by mistake takes the warehouse with it after 14 days. There is no way back to a key of AWS but a new namespace.',
  guide: {
    check: {
      cli: [
        'aws redshift-serverless get-namespace --namespace-name NAMESPACE --query "namespace.kmsKeyId"',
        'aws kms describe-key --key-id KEY --query "KeyMetadata.KeyManager"',
      ],
      console: [
        'Amazon Redshift Serverless › Namespace configuration › NAMESPACE › Security and encryption: KMS key.',
        'Key Management Service › Customer managed keys must list it.',
      ],
    },
    change: {
      cli: ['aws redshift-serverless update-namespace --namespace-name NAMESPACE --kms-key-id KEY'],
      console: [
        'Amazon Redshift Serverless › Namespace configuration › NAMESPACE › Security and encryption › Edit: Customize encryption settings, choose the key, Save changes.',
        'It takes about 15 minutes for every 8 TB, and nothing else can be changed meanwhile.',
      ],
    },
    source:
      'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-workgroups-and-namespaces-rotate-kms-key.html',
    readOn: '2026-11-27',
  },

  concerns: isKept,

  check(subject) {
    const { facts, account } = subject
    const { kmsKeyId } = facts
    if (!kmsKeyId) return unknown('untold', 'does not tell under which key it lies')
    const kind = keyKindOf({ encrypted: true, keyId: kmsKeyId, account }, () => subject.key)
    if (!kind) return unknown('untold', `lies under ${kmsKeyId}, and KMS does not tell who manages that`)
    const states = { configured: said(kmsKeyId, 'facts'), inForce: said(kmsKeyId, 'facts') }
    return (kind.startsWith('customer') ? pass : fail)(kind, spoken[kind](kmsKeyId), states)
  },

  remediation: {
    summary: 'Move the namespace under the key that redoubt.yaml names for its region, or under a new one.',
    impact: 'irreversible',
    steps(subject, { policy }) {
      const key = policy.keys[subject.region]
      if (key) return [movedUnder(subject, key, key)]
      const name = `redshift-serverless-${subject.name}`
      return [...newKeyFor(subject, name), movedUnder(subject, newKeyArn, `the new key alias/${name}`)]
    },
  },

  examples: {
    pass: {
      'a key of this account': namespace({ reason: 'customer-managed' }),
      'a key of another account': namespace({
        reason: 'customer-managed-elsewhere',
        facts: { kmsKeyId: exampleKey.replace('111122223333', '444455556666') },
      }),
    },
    fail: {
      'the key that AWS owns, and no key is named': namespace({
        reason: 'aws-owned',
        facts: { kmsKeyId: 'AWS_OWNED_KMS_KEY' },
      }),
      'the key that AWS owns, and another is named': namespace({
        reason: 'aws-owned',
        facts: { kmsKeyId: 'AWS_OWNED_KMS_KEY' },
        decided: { keys: { 'eu-west-1': otherKey } },
      }),
      'the key that AWS manages': namespace({
        reason: 'aws-managed',
        manager: 'AWS',
        decided: { keys: { 'eu-west-1': otherKey } },
      }),
    },
  },
})

function movedUnder(subject: Known<'redshift-serverless:namespace', 'key'>, key: string, spoken: string) {
  const change = namespaceChange(
    subject,
    {
      title: `Move namespace ${subject.name} under ${spoken}`,
      change: { kmsKeyId: key },
      back: { none: 'a namespace never goes back from a customer-managed key to a key of AWS' },
    },
    { fact: 'kmsKeyId', before: subject.facts.kmsKeyId ?? null, after: key },
    {
      place: 'Security and encryption: Edit',
      console: `Customize encryption settings, ${spoken}`,
      consoleBack: '',
      notes: [
        'it takes about 15 minutes for every 8 TB, and nothing else can be changed meanwhile',
        'snapshots that exist stay under the key they were taken under',
      ],
    },
  )
  return { ...change, impact: 'irreversible' as const, assumes: usableKey(key) }
}

const spoken: Record<KeyKind, (key: string) => string> = {
  none: () => 'is not encrypted',
  'aws-owned': () => 'lies under a key that AWS owns',
  'aws-managed': (key) => `lies under the key that AWS manages, ${key}`,
  'customer-managed': (key) => `lies under the customer-managed key ${key}`,
  'customer-managed-elsewhere': (key) =>
    `lies under the customer-managed key ${key}, which belongs to another account`,
}
