// No copy grant is left over from copying that has ended.

import { counted } from '#kit/text.ts'
import { call } from '#model/action.ts'
import { definePractice, fail, pass, said, unknown } from '#model/practice.ts'
import { resourceOf } from '#model/resource.ts'
import { decryptsWhile } from '#model/restorable.ts'
import { copyGrant } from './examples/around.ts'

const page = 'https://docs.aws.amazon.com/redshift/latest/APIReference/API_DeleteSnapshotCopyGrant.html'

export default definePractice({
  id: 'copy-grant-unused',
  title: 'No copy grant is left over',
  severity: 'low',
  resource: 'redshift:copy-grant',
  needs: ['users', 'keyState'],
  controls: [],
  references: [
    page,
    'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html#configure-snapshot-copy-grant',
  ],
  why: 'A grant lets Redshift encrypt under a key, in the region that copies go to. One that no cluster copies under any more only stays a permission on the key, and a name that the next one may take for a used one.',
  whenNotTo:
    'Where copying is switched off for a while, as for a change of encryption, and is to go on under the same grant.',
  guide: {
    check: {
      cli: [
        'aws redshift describe-snapshot-copy-grants --region DESTINATION',
        'aws redshift describe-clusters --region SOURCE --query "Clusters[?ClusterSnapshotCopyStatus].[ClusterIdentifier,ClusterSnapshotCopyStatus]"',
      ],
      console: [
        'In the destination region, Amazon Redshift › Configurations › KMS grants: the names of the grants. (No guide of AWS shows where.)',
        'In every other region, Amazon Redshift › Clusters › CLUSTER › Properties › Backup: the grant that its snapshots are copied under. (No guide of AWS shows where.)',
      ],
    },
    change: {
      cli: ['aws redshift delete-snapshot-copy-grant --region DESTINATION --snapshot-copy-grant-name GRANT'],
      console: [
        'In the destination region, Amazon Redshift › Configurations › KMS grants › GRANT: Delete. AWS refuses it while a cluster uses it. (No guide of AWS shows where.)',
      ],
    },
    source: page,
    readOn: '2026-11-22',
  },

  check({ users: { clusters, regions, all } }) {
    const names = clusters.map((arn) => resourceOf(arn)?.name ?? arn)
    const states = { configured: said(clusters, 'users') }
    if (clusters.length > 0)
      return pass(
        'used',
        `serves the copying of ${counted(clusters.length, 'cluster')}: ${names.join(', ')}`,
        states,
      )
    // A cluster copies to other regions only: with its own alone, nothing was looked at.
    if (regions.length === 0)
      return unknown(
        'not-looked',
        'is for clusters of other regions, and none of those was looked into',
        states,
      )
    if (!all)
      return unknown(
        'not-everywhere',
        `serves no cluster of ${regions.join(', ')}; whether one of another region copies under it, a scan with --all-regions by its own account tells`,
        states,
      )
    return fail('unused', 'serves no cluster of any other region', states)
  },

  remediation: {
    summary: 'Delete the grant. AWS refuses it while a cluster of any region copies under it.',
    impact: 'none',
    steps({ arn, facts, region, keyState }) {
      const { SnapshotCopyGrantName = '', KmsKeyId, Tags = [] } = facts
      const place = `In ${region}, Amazon Redshift › Configurations › KMS grants`
      return [
        {
          title: `Delete copy grant ${SnapshotCopyGrantName}`,
          call: call('redshift:DeleteSnapshotCopyGrant', { SnapshotCopyGrantName }),
          effects: [{ resource: arn, fact: 'exists', before: true, after: false }],
          console: `${place} › ${SnapshotCopyGrantName}: Delete`,
          impact: 'none',
          notes: ['AWS refuses it while a cluster of any region copies under it'],
          // Unverified: that Redshift makes none for an Unavailable key, of which KMS itself makes grants.
          undo:
            keyState !== null && !decryptsWhile(keyState)
              ? { none: `its key is ${keyState}: make it again by hand once the key can be used` }
              : {
                  call: call('redshift:CreateSnapshotCopyGrant', {
                    SnapshotCopyGrantName,
                    ...(KmsKeyId && { KmsKeyId }),
                    ...(Tags.length > 0 && { Tags }),
                  }),
                  console: `${place}: Create ${SnapshotCopyGrantName}, for ${KmsKeyId ?? 'the default key'}`,
                  warning: 'AWS refuses it while the key of the grant cannot be used',
                },
        },
      ]
    },
  },

  examples: {
    pass: { 'a cluster copies under it': copyGrant({ reason: 'used', clusters: ['sales'] }) },
    fail: { 'no cluster copies under it': copyGrant({ reason: 'unused' }) },
  },
})
