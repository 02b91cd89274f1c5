// The keys that clusters encrypt their data with are renewed.

import { counted } from '#kit/text.ts'
import { keysRotated } from '#model/cluster-encryption.ts'
import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { type ClusterFacts, isBeingDeleted, type KeyRenewal } from '#model/resource.ts'
import { cluster } from './examples.ts'

/** How far the event history reaches: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html */
const history = 90

export default definePractice({
  id: 'cluster-keys-rotated',
  title: 'Clusters have their own keys rotated',
  severity: 'low',
  resource: 'redshift:cluster',
  needs: ['keyRenewals'],
  controls: [],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html#working-with-key-rotation',
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_RotateEncryptionKey.html',
  ],
  why: 'Below the KMS key a cluster has keys of its own, which KMS never rotates: one for the cluster and its snapshots, one for the database. Renewing them is the only way to make an old copy of them worthless.',
  whenNotTo:
    'Where no rule asks for it: the cluster is out of reach for a moment at each rotation. Snapshots whose cluster is gone can never be rotated.',
  guide: {
    check: {
      cli: [
        'aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=RotateEncryptionKey',
        'aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=ModifyCluster',
      ],
      console: [
        'CloudTrail › Event history › Event name: RotateEncryptionKey, in the region of the cluster. It reaches back 90 days.',
        'CloudTrail › Event history › Event name: ModifyCluster: one that encrypted the cluster, or moved it under another key, gave it new keys.',
      ],
    },
    change: {
      cli: ['aws redshift rotate-encryption-key --cluster-identifier CLUSTER'],
      console: [
        'Amazon Redshift › Clusters › CLUSTER › Actions › Rotate encryption › Rotate encryption keys.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/manage-key-rotation-console.html',
    readOn: '2026-11-27',
  },
  settings: {
    days: {
      default: 60,
      unit: 'days',
      about:
        'How old the keys may become. Beyond the 90 days of the event history only newer rotations can be seen.',
    },
  },

  // There is nothing to rotate in a cluster that is not encrypted.
  concerns: (facts) => !isBeingDeleted(facts) && facts.Encrypted !== false,

  check(subject, { settings: { days }, now }) {
    const { Encrypted, ClusterCreateTime: made, RestoreStatus } = subject.facts
    if (!Encrypted || !made) return unknown('untold', 'does not tell whether, or since when, it is encrypted')
    const age = daysBetween(made, now)
    if (age < days && !RestoreStatus) return pass('young', `is ${inDays(age)} old, and so are its keys`)
    const own = subject.keyRenewals.filter(({ at }) => at >= made)
    const renewals = own.filter((renewal) => !cameToNothing(renewal, subject.facts))
    const newest = renewals.find(({ how }) => how !== 'untold')
    const states = { observed: said(newest?.at ?? null, 'keyRenewals') }
    const ago = (at: string) => `${inDays(daysBetween(at, now))} ago`
    const isRecent = ({ at }: KeyRenewal) => daysBetween(at, now) < days
    if (newest && isRecent(newest)) return pass(newest.how, deedOf(newest, ago(newest.at)), states)
    const untold = renewals.find(({ how }) => how === 'untold')
    if (untold && isRecent(untold))
      return unknown(
        'untold-change',
        `was modified ${ago(untold.at)} with its encryption named, and CloudTrail does not tell whether it got new keys then`,
        states,
      )
    const vain = own.find((renewal) => isRecent(renewal) && !renewals.includes(renewal))
    const besides = vain ? `: it does not lie under the key that it was to move under ${ago(vain.at)}` : ''
    if (newest) return fail('overdue', `${deedOf(newest, ago(newest.at))}${besides}`, states)
    // What a snapshot holds lies under the keys that it was taken under.
    if (age < days)
      return unknown(
        'restored',
        `was restored ${inDays(age)} ago, and AWS does not tell whether its keys were made then`,
        states,
      )
    return days <= history
      ? fail(
          'overdue',
          `did not rotate its keys in the ${counted(days, 'day')} that are agreed${besides}`,
          states,
        )
      : unknown(
          'history-too-short',
          `did not rotate its keys in ${history} days, and the event history reaches no further`,
          states,
        )
  },

  remediation: {
    summary: 'Rotate the keys of the cluster.',
    impact: 'read-only window',
    later: 'CloudTrail tells of the rotation some minutes after it.',
    steps(subject) {
      const { ClusterStatus: status } = subject.facts
      return status === 'available'
        ? [keysRotated(subject)]
        : { none: `the cluster is ${status}: plan again when it is available` }
    },
  },

  examples: {
    pass: {
      'rotated lately': renewed('rotated', [{ at: '2026-11-01T08:00:00Z', how: 'rotated' }]),
      'encrypted, or moved under another key, lately': renewed('encrypted', [
        { at: '2026-11-12T08:00:00Z', how: 'encrypted' },
      ]),
      'younger than what is agreed': renewed('young', [], { ClusterCreateTime: '2026-11-10T08:00:00Z' }),
    },
    fail: {
      'never, as far as the history reaches': renewed('overdue', []),
    },
  },
})

/**
 * True for a move under a key that the cluster does not lie under: it is under way, or AWS took it back. KmsKeyId is "the
 * encryption key used to encrypt data in the cluster" (API, Cluster). An alias, or no KmsKeyId at all, tells nothing.
 */
function cameToNothing({ key: named }: KeyRenewal, { KmsKeyId: now }: ClusterFacts): boolean {
  if (!named || !now || named.includes('alias/')) return false
  const idOf = (key: string) => key.slice(key.lastIndexOf('/') + 1)
  return idOf(named) !== idOf(now)
}

/** Unverified: that the key of the database is new as well when the cluster moves from one root key to another. */
function deedOf({ how }: KeyRenewal, ago: string): string {
  return how === 'rotated'
    ? `rotated its keys ${ago}`
    : `was encrypted, or moved under another key, ${ago}, and got new keys then`
}

function renewed(reason: string, keyRenewals: KeyRenewal[], facts: ClusterFacts = {}) {
  return cluster({ reason, facts, keyRenewals })
}

const inDays = (days: number) => (days < 1 ? 'less than a day' : counted(days, 'day'))

function daysBetween(from: string, to: string): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000)
}
