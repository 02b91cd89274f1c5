// Where fixes meet: their order, what contradicts, what is said once, and copying that must stay off.

import { describe, expect, it } from 'vitest'
import { call } from '#model/action.ts'
import { bucketPolicyRewritten, refusingPlainHttp } from '#model/bucket-policy.ts'
import { keysRotated } from '#model/cluster-encryption.ts'
import { lettingLogsIn } from '#model/log-delivery.ts'
import type { ChangeDraft, Draft } from '#model/practice.ts'
import { madeBy } from '#model/reference.ts'
import type { PolicyDocument } from '#model/resource.ts'
import { defaultPolicy, type Policy } from '#model/settings.ts'
import { PlanBuilder } from './plan-builder.ts'
import { siteOf } from './site.ts'

const place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' }
const site = siteOf({ ...place, lists: {}, resources: [] })
const cluster = 'arn:aws:redshift:eu-west-1:111122223333:cluster:sales'
const finding = (practice: string) => ({ practice, resource: cluster, ...place })
const ClusterIdentifier = 'sales'
const base = { console: 'Amazon Redshift', impact: 'none' as const, undo: { none: 'a test' } }
const copyFact = { resource: cluster, fact: 'ClusterSnapshotCopyStatus.DestinationRegion' }

const off: ChangeDraft = {
  ...base,
  title: 'off',
  call: call('redshift:DisableSnapshotCopy', { ClusterIdentifier }),
  effects: [{ ...copyFact, before: 'us-east-1', after: null }],
}
const on: ChangeDraft = {
  ...base,
  title: 'on',
  call: call('redshift:EnableSnapshotCopy', { ClusterIdentifier, DestinationRegion: 'us-east-1' }),
  effects: [{ ...copyFact, before: null, after: 'us-east-1' }],
}
const encrypt: ChangeDraft = {
  ...base,
  title: 'encrypt',
  call: call('redshift:ModifyCluster', { ClusterIdentifier, Encrypted: true }),
  effects: [{ resource: cluster, fact: 'Encrypted', before: false, after: true }],
}
const retain = (days: number): ChangeDraft => ({
  ...base,
  title: `retain ${days}`,
  call: call('redshift:ModifyCluster', { ClusterIdentifier, AutomatedSnapshotRetentionPeriod: days }),
  effects: [{ resource: cluster, fact: 'AutomatedSnapshotRetentionPeriod', before: 1, after: days }],
})

function planOf(proposals: Record<string, Draft[]>, policy: Partial<Policy> = {}) {
  const building = new PlanBuilder({ ...defaultPolicy, ...policy })
  for (const [practice, drafts] of Object.entries(proposals))
    building.add(finding(practice), { drafts }, site)
  return building.finish()
}
const titles = (plan: ReturnType<typeof planOf>) => plan.steps.map(({ id, title }) => `${id} ${title}`)

describe('the steps of a plan', () => {
  it('turn copying off first and on again last, whatever else is planned', () => {
    const plan = planOf({ retention: [retain(7)], encrypted: [off, encrypt, on] })
    expect(titles(plan)).toEqual(['s1 off', 's2 retain 7', 's3 encrypt', 's4 on'])
    expect(plan.steps.map(({ after }) => after)).toEqual([[], [], ['s1'], ['s3']])
  })

  it('turn copying on again neither where another fix ends it nor where data may not lie', () => {
    const ended = planOf({ encrypted: [off, encrypt, on], region: [off] })
    expect(titles(ended)).toEqual(['s1 off', 's2 encrypt'])
    expect(ended.steps[0]?.closes).toEqual([`encrypted ${cluster}`, `region ${cluster}`])
    expect(ended.steps[1]?.notes).toEqual([
      'copying to us-east-1 is not turned on again in 111122223333: this plan ends it',
    ])
    const barred = planOf({ encrypted: [off, encrypt, on] }, { allowedRegions: ['eu-west-1'] })
    expect(titles(barred)).toEqual(['s1 off', 's2 encrypt'])
    expect(barred.steps[1]?.notes).toEqual([
      'copying to us-east-1 is not turned on again: allowedRegions does not name it',
    ])
  })

  it('turn copying on once, as the fix that changes it wants it', () => {
    const granted: ChangeDraft = {
      ...on,
      title: 'on with a grant',
      call: call('redshift:EnableSnapshotCopy', {
        ClusterIdentifier,
        DestinationRegion: 'us-east-1',
        SnapshotCopyGrantName: 'g',
      }),
      effects: [
        {
          resource: cluster,
          fact: 'ClusterSnapshotCopyStatus.SnapshotCopyGrantName',
          before: null,
          after: 'g',
        },
      ],
    }
    for (const proposals of [
      { encrypted: [off, encrypt, on], grant: [off, granted] },
      { grant: [off, granted], encrypted: [off, encrypt, on] },
    ]) {
      const plan = planOf(proposals)
      expect(titles(plan)).toEqual(['s1 off', 's2 encrypt', 's3 on with a grant'])
      expect(plan.steps[2]?.effects).toHaveLength(2)
    }
  })

  it('leave out what contradicts an earlier proposal, with the sentence why', () => {
    const plan = planOf({ short: [retain(7)], long: [retain(35)] })
    expect(titles(plan)).toEqual(['s1 retain 7'])
    expect(plan.leftOut).toEqual([
      {
        practice: 'long',
        resource: cluster,
        why: 'short sets AutomatedSnapshotRetentionPeriod of sales to 7 in this plan, and this would set it to 35: scan and plan again when that is in force',
      },
    ])
  })

  it('move a cluster under another key without rotating its keys besides, whichever is proposed first', () => {
    const rotate = keysRotated({ arn: cluster, name: 'sales' })
    const other = keysRotated({ arn: cluster.replace('sales', 'stock'), name: 'stock' })
    const move = { ...encrypt, title: 'move' }
    for (const proposals of [
      { moved: [off, move, on], rotated: [rotate], others: [other] },
      { rotated: [rotate], others: [other], moved: [off, move, on] },
    ] as Record<string, Draft[]>[]) {
      const plan = planOf(proposals)
      expect(plan.steps.map(({ title }) => title)).toEqual(['off', other.title, 'move', 'on'])
      const why = 'this plan moves the cluster under another key, which gives it new keys'
      expect(plan.leftOut).toEqual([{ practice: 'rotated', resource: cluster, why }])
    }
  })

  describe('that write one document', () => {
    const arn = 'arn:aws:s3:::acme-audit'
    const former = { Version: '2012-10-17', Statement: [{ Sid: 'Mine', Effect: 'Allow' }] }
    const facts = { Name: 'acme-audit', TakesAuditLogs: true, AskedBy: place.account }
    const bucket = { arn, name: 'acme-audit', facts, policy: former, location: 'eu-west-1' }
    const rewrite = (title: string, edit: (document: PolicyDocument) => PolicyDocument) =>
      bucketPolicyRewritten(bucket, edit, { title, console: `${title} there`, notes: [] })
    const logs = rewrite('logs', (document) => lettingLogsIn(document, arn, place))
    const tls = rewrite('tls', (document) => refusingPlainHttp(document, arn))
    const wall: ChangeDraft = {
      ...base,
      title: 'wall',
      call: call('s3:PutPublicAccessBlock', { Bucket: 'acme-audit', PublicAccessBlockConfiguration: {} }),
      effects: [{ resource: arn, fact: 'publicAccessBlock', before: null, after: {} }],
    }
    const written = (plan: ReturnType<typeof planOf>) =>
      plan.steps.flatMap(({ call: made }) =>
        made.action === 's3:PutBucketPolicy' ? [JSON.parse(made.input.Policy ?? '')] : [],
      )
    const sids = (document: { Statement: { Sid: string }[] }) => document.Statement.map(({ Sid }) => Sid)

    it('become one step that holds what both want, whichever comes first, and its undo is the former one', () => {
      for (const [proposals, order] of [
        [{ logs: [logs, wall], tls: [tls] }, ['RedshiftAuditLogs', 'RefusePlainHttp']],
        [{ tls: [tls], logs: [logs, wall] }, ['RefusePlainHttp', 'RedshiftAuditLogs']],
      ] as const) {
        const plan = planOf(proposals as unknown as Record<string, Draft[]>)
        expect(plan.leftOut).toEqual([])
        expect(plan.steps.map(({ call: made }) => made.action)).toEqual([
          's3:PutBucketPolicy',
          's3:PutPublicAccessBlock',
        ])
        const [document] = written(plan)
        expect(sids(document)).toEqual(['Mine', ...order])
        const [first, second] = plan.steps
        expect(first?.effects).toEqual([{ resource: arn, fact: 'policy', before: former, after: document }])
        expect(first?.undo).toMatchObject({ call: { input: { Policy: JSON.stringify(former) } } })
        expect(first?.closes.sort()).toEqual([`logs ${cluster}`, `tls ${cluster}`])
        expect(first?.title.split('; ').sort()).toEqual(['logs', 'tls'])
        expect(first?.cli).toContain('RefusePlainHttp')
        expect(second?.after).toEqual(['s1'])
      }
    })

    it('are one step where two regions ask for the same', () => {
      const building = new PlanBuilder(defaultPolicy)
      building.add(finding('tls'), { drafts: [tls] }, site)
      building.add({ ...finding('tls'), region: 'us-east-1' }, { drafts: [tls] }, site)
      const plan = building.finish()
      expect(titles(plan)).toEqual(['s1 tls'])
      expect(sids(written(plan)[0])).toEqual(['Mine', 'RefusePlainHttp'])
    })

    it('come before the wall against the public, behind which S3 takes no public policy', () => {
      expect(titles(planOf({ wall: [wall], tls: [tls] }))).toEqual(['s1 tls', 's2 wall'])
    })

    it('leave out one that knows nothing of the others', () => {
      const { rewrites: _, ...blind } = logs
      const plan = planOf({ tls: [tls], blind: [blind] })
      expect(titles(plan)).toEqual(['s1 tls'])
      expect(plan.leftOut).toHaveLength(1)
    })
  })

  it('make one key for two that want the same, and each uses it', () => {
    const make: ChangeDraft = {
      ...base,
      title: 'make',
      label: 'key',
      call: call('kms:CreateKey', { Description: 'one' }),
      effects: [{ resource: madeBy('key', 'KeyMetadata.Arn'), fact: 'exists', before: false, after: true }],
    }
    const use = (ClusterIdentifier: string): ChangeDraft => ({
      ...base,
      title: `use ${ClusterIdentifier}`,
      call: call('redshift:ModifyCluster', {
        ClusterIdentifier,
        KmsKeyId: madeBy('key', 'KeyMetadata.Arn'),
      }),
      effects: [],
    })
    const plan = planOf({ first: [retain(7)], one: [make, use('a')], two: [make, use('b')] })
    expect(titles(plan)).toEqual(['s1 retain 7', 's2 make', 's3 use a', 's4 use b'])
    expect(plan.steps.slice(2).map(({ call: made, after }) => [made.input, after])).toEqual([
      [{ ClusterIdentifier: 'a', KmsKeyId: '{{s2:KeyMetadata.Arn}}' }, ['s2']],
      [{ ClusterIdentifier: 'b', KmsKeyId: '{{s2:KeyMetadata.Arn}}' }, ['s2']],
    ])
  })

  it('make what they are told in the region they name', () => {
    const grant: ChangeDraft = {
      ...base,
      title: 'grant',
      region: 'us-east-1',
      call: call('redshift:CreateSnapshotCopyGrant', { SnapshotCopyGrantName: 'g' }),
      effects: [],
    }
    expect(planOf({ grant: [grant] }).steps[0]).toMatchObject({
      region: 'us-east-1',
      cli: 'aws redshift create-snapshot-copy-grant --snapshot-copy-grant-name g --region us-east-1',
    })
  })
})
