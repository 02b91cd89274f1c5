// Namespaces are copied to no region where data may not lie, and no copy is kept for ever.

import { counted } from '#kit/text.ts'
import { call } from '#model/action.ts'
import { type ChangeDraft, definePractice, fail, type Known, pass, said } from '#model/practice.ts'
import { retentionBounds } from '#model/retention.ts'
import { isKept } from '#model/serverless.ts'
import { copyingPlace, namespaceCopyingStopped } from '#model/serverless-copy.ts'
import { allowsRegion, type Policy } from '#model/settings.ts'
import { copyingTo } from './examples/copy-configuration.ts'
import { namespace } from './examples/namespace.ts'

type Subject = Known<'redshift-serverless:namespace', 'copyConfigurations'>
type Copying = Subject['copyConfigurations'][number]

const page = 'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-backup-copy.html'

export default definePractice({
  id: 'namespace-copy-region',
  title: 'Namespaces are copied to allowed regions only, and copies expire',
  severity: 'medium',
  resource: 'redshift-serverless:namespace',
  needs: ['copyConfigurations'],
  controls: [],
  references: [
    page,
    'https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_CreateSnapshotCopyConfiguration.html',
  ],
  why: 'Each copy is the whole warehouse once more, in another jurisdiction and under another key. Unless a retention is given, copied snapshots stay there for ever.',
  whenNotTo:
    'Where a second region is part of the plan for the worst day: list it under allowedRegions in redoubt.yaml, and give the copies a retention.',
  guide: {
    check: {
      cli: [
        'aws redshift-serverless list-snapshot-copy-configurations --query "snapshotCopyConfigurations[].[namespaceName,destinationRegion,snapshotRetentionPeriod]"',
      ],
      console: [
        'Amazon Redshift Serverless › Namespace configuration › NAMESPACE › Actions › Configure cross-Region backup.',
      ],
    },
    change: {
      cli: [
        'aws redshift-serverless delete-snapshot-copy-configuration --snapshot-copy-configuration-id ID',
        'aws redshift-serverless update-snapshot-copy-configuration --snapshot-copy-configuration-id ID --snapshot-retention-period 90',
      ],
      console: [
        'Amazon Redshift Serverless › Namespace configuration › NAMESPACE › Actions › Configure cross-Region backup: stop copying, or set the retention, Save configuration.',
        'Copies that lie in the other region already stay there; serverless-snapshot-region judges them.',
      ],
    },
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-backup-copy.html',
    readOn: '2026-11-27',
  },
  settings: {
    copyDays: {
      ...retentionBounds,
      default: 90,
      unit: 'days',
      about: 'The retention that copies without one are given from then on.',
    },
  },

  concerns: isKept,

  check({ copyConfigurations: copies, region }, { policy }) {
    const told = copies.map(({ destinationRegion = '' }) => destinationRegion).sort()
    const states = { configured: said(told, 'copyConfigurations'), inForce: said(told, 'copyConfigurations') }
    if (told.length === 0) return pass('off', 'is copied to no other region', states)
    const outside = told.filter((to) => !allowsRegion(policy, to, region))
    const which = outside.length > 0 ? 'not among the allowed regions' : 'allowed'
    const place = `is copied to ${(outside.length > 0 ? outside : told).join(', ')}, which is ${which}`
    if (copies.some(isForEver)) return fail('for-ever', `${place}, and copied snapshots never expire`, states)
    return outside.length > 0 ? fail('outside', place, states) : pass('allowed', place, states)
  },

  remediation: {
    summary: 'Stop copying to regions that are not allowed; give copies to allowed ones a retention.',
    impact: 'none',
    steps: (subject, { policy, settings }) =>
      subject.copyConfigurations.flatMap((copying) =>
        isOutside(copying, subject.region, policy)
          ? namespaceCopyingStopped(subject, copying)
          : isForEver(copying)
            ? keep(subject, copying, settings.copyDays)
            : [],
      ),
  },

  examples: {
    pass: {
      'copied nowhere': namespace({ reason: 'off' }),
      'copied to an allowed region': allowed('allowed', 30),
    },
    fail: {
      'copied, and no other region is allowed': namespace({
        reason: 'outside',
        copies: copyingTo('eu-central-1', 30),
      }),
      'copied under a key of the account, and no other region is allowed': namespace({
        reason: 'outside',
        copies: copyingTo(
          'eu-central-1',
          30,
          'arn:aws:kms:eu-central-1:111122223333:key/5f0c1de0-7a55-4b4e-9c1e-0a4d8f2b6c11',
        ),
      }),
      'copied to an allowed region, for ever': allowed('for-ever', -1),
    },
  },
})

function allowed(reason: string, days: number) {
  const decided = { allowedRegions: ['eu-west-1', 'eu-central-1'] }
  return namespace({ reason, copies: copyingTo('eu-central-1', days), decided })
}

const isForEver = ({ snapshotRetentionPeriod: days = -1 }: Copying) => days < 0

const isOutside = ({ destinationRegion = '' }: Copying, home: string, policy: Policy) =>
  !allowsRegion(policy, destinationRegion, home)

function keep({ name }: Subject, copying: Copying, days: number): ChangeDraft {
  const before = copying.snapshotRetentionPeriod ?? null
  const to = (snapshotRetentionPeriod: number) =>
    call('redshift-serverless:UpdateSnapshotCopyConfiguration', {
      snapshotCopyConfigurationId: copying.snapshotCopyConfigurationId ?? '',
      snapshotRetentionPeriod,
    })
  return {
    title: `Keep copies of namespace ${name} in ${copying.destinationRegion} for ${counted(days, 'day')}`,
    call: to(days),
    effects: [{ resource: arnOf(copying), fact: 'snapshotRetentionPeriod', before, after: days }],
    console: `${copyingPlace(name)}: retention ${counted(days, 'day')}`,
    impact: 'none',
    // Unverified: that only copies made from now on are kept so long.
    notes: ['copies that were made before keep their own retention'],
    undo: { call: to(-1), console: `${copyingPlace(name)}: retention indefinitely` },
  }
}

const arnOf = ({ snapshotCopyConfigurationArn = '' }: Copying) => snapshotCopyConfigurationArn
