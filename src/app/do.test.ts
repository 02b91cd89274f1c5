// Plans from wishes against a lab: what is refused, what is done, verified and undone.

import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CreateAliasCommand, DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import { describe, expect, it } from 'vitest'
import type { RegionSeed } from '#lab/world.ts'
import type { Plan } from '#model/plan.ts'
import type { WishOptions } from '#model/wish.ts'
import { accessKey, account, arn, type Estate, openEstate, region, worldOf } from '../../test/estate.ts'
import { apply, undo, verify } from './apply.ts'
import { planWish } from './do.ts'
import { scan } from './scan.ts'

const keyId = '5f0c1de0-7a55-4b4e-9c1e-0a4d8f2b6c11'
const key = `arn:aws:kms:${region}:${account}:key/${keyId}`
const world: RegionSeed = {
  keys: [{ KeyId: keyId }],
  clusters: [
    { ClusterIdentifier: 'sales', Encrypted: true, KmsKeyId: key },
    { ClusterIdentifier: 'open', Encrypted: false },
  ],
  snapshots: [
    {
      SnapshotIdentifier: 'monthly',
      ClusterIdentifier: 'sales',
      SnapshotType: 'manual',
      KmsKeyId: key,
      Encrypted: true,
    },
  ],
}

async function estateWith(seed: RegionSeed = world): Promise<Estate> {
  const estate = await openEstate(worldOf(seed))
  await scan(estate.workspace, estate.connection)
  return estate
}

const wish = async (estate: Estate, name: string, options: WishOptions): Promise<Plan> =>
  (await planWish(estate.workspace, name, options)).plan
const applyTo = (estate: Estate, plan: Plan) =>
  apply(estate.workspace, estate.connection, plan, { stage: false, resume: false }, estate.attended)
const undoOf = (estate: Estate, plan: Plan) =>
  undo(estate.workspace, estate.connection, plan, estate.attended)

describe('redoubt do', () => {
  it('names what is missing, what does not fit, and what there is instead', async () => {
    const estate = await estateWith()
    const refused = (name: string, options: WishOptions) => expect(wish(estate, name, options)).rejects
    await refused('snapshot creat', {}).toMatchObject({
      exit: 'usage',
      what: 'There is no action "snapshot creat".',
      todo: 'Did you mean "redoubt do snapshot create"?',
    })
    await refused('snapshot create', { cluster: 'sales', name: 'x' }).toMatchObject({
      exit: 'usage',
      what: '"do snapshot create" needs --retention.',
    })
    await refused('snapshot create', { cluster: 'sales', name: 'x', retention: 'forever' }).toMatchObject({
      exit: 'usage',
      what: '--retention does not take "forever".',
    })
    await refused('copy disable', { cluster: 'sales', bucket: 'b' }).toMatchObject({
      what: '"do copy disable" does not take --bucket.',
    })
    await refused('copy disable', { cluster: 'none' }).toMatchObject({
      what: 'The newest inventory has no cluster "none".',
    })
  })

  it('takes a snapshot that expires, verifies it, and deletes it when undone', async () => {
    const estate = await estateWith()
    const plan = await wish(estate, 'snapshot create', { cluster: 'sales', name: 'now', retention: '30' })
    expect(plan.steps.map(({ closes }) => closes)).toEqual([[]])
    const before = await verify(estate.workspace, estate.connection, plan)
    expect(before.wish?.open[0]).toContain('exists of sales/now is false, not true')
    const applied = await applyTo(estate, plan)
    expect(applied?.outcome.failed).toEqual([])
    expect(applied?.verification.wish).toEqual({ held: 3, open: [] })
    const undone = await undoOf(estate, plan)
    expect(undone?.outcome).toEqual({ undone: ['s1'], failed: [], skipped: [], kept: [] })
    expect(estate.succeeded('redshift:DeleteClusterSnapshot')).toBe(1)
  })

  it('shares outside the trusted accounts only when forced, and says what the key makes of it', async () => {
    const estate = await estateWith()
    const share = { snapshot: ['monthly'], account: '444455556666' }
    await expect(wish(estate, 'snapshot share', share)).rejects.toMatchObject({
      exit: 'usage',
      what: 'Account 444455556666 is not among trustedAccounts of redoubt.yaml.',
    })
    const plan = await wish(estate, 'snapshot share', { ...share, force: true })
    expect(plan.steps[0]?.notes[0]).toMatch(/^444455556666 cannot restore it: /)
    expect((await applyTo(estate, plan))?.verification.wish).toEqual({ held: 1, open: [] })
    await scan(estate.workspace, estate.connection)
    const back = await wish(estate, 'snapshot unshare', share)
    expect((await applyTo(estate, back))?.verification.wish).toEqual({ held: 1, open: [] })
  })

  it('makes a key whose name only its answer tells, and uses that in the calls that follow', async () => {
    const estate = await estateWith()
    const plan = await wish(estate, 'key create', { alias: 'warehouse' })
    expect(plan.steps.map(({ cli }) => cli)).toEqual([
      expect.stringMatching(
        /^S1_KEYMETADATA_ARN=\$\(aws kms create-key .*--query KeyMetadata.Arn --output text\)$/,
      ),
      `aws kms enable-key-rotation --key-id "$S1_KEYMETADATA_ARN" --region ${region}`,
      `aws kms create-alias --alias-name alias/warehouse --target-key-id "$S1_KEYMETADATA_ARN" --region ${region}`,
    ])
    const applied = await applyTo(estate, plan)
    expect(applied?.outcome).toEqual({ done: ['s1', 's2', 's3'], failed: [], skipped: [], waiting: [] })
    expect(applied?.verification.wish).toEqual({ held: 5, open: [] })
    expect(await verify(estate.workspace, estate.connection, plan)).toEqual(applied?.verification)
    const undone = await undoOf(estate, plan)
    expect(undone?.outcome).toEqual({ undone: ['s3', 's2', 's1'], failed: [], skipped: [], kept: [] })
    expect(undone?.verification.wish?.open[0]).toContain('is PendingDeletion, not Enabled')
  })

  it('makes no key for an alias that is taken', async () => {
    const estate = await estateWith({ ...world, keys: [{ KeyId: keyId, aliases: ['warehouse'] }] })
    const plan = await wish(estate, 'key create', { alias: 'warehouse' })
    await expect(applyTo(estate, plan)).rejects.toMatchObject({
      exit: 'stale',
      what: `The world is not the one plan ${plan.id} was made from: alias warehouse exists already.`,
      todo: 'Scan and plan again, with another name where you chose it.',
    })
    expect(estate.succeeded('kms:CreateKey')).toBe(0)
  })

  it('leaves the alias to whom took it meanwhile, and its undo takes back what was made', async () => {
    const estate = await estateWith()
    const plan = await wish(estate, 'key create', { alias: 'warehouse' })
    const kms = new KMSClient({ endpoint: estate.lab.url, region })
    const AliasName = 'alias/warehouse'
    // The first that apply watches is the call that makes the key: by then it has looked at the alias.
    let taking: Promise<unknown> | undefined
    const watch = () => {
      taking ??= kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: key }))
    }
    const mode = { stage: false, resume: false }
    const applied = await apply(estate.workspace, estate.connection, plan, mode, {
      ...estate.attended,
      watch,
    })
    await taking
    const error = 'the world moved: alias warehouse exists already'
    expect(applied?.outcome).toEqual({
      done: ['s1', 's2'],
      failed: [{ step: 's3', error }],
      skipped: [],
      waiting: [],
    })
    const resumed = apply(
      estate.workspace,
      estate.connection,
      plan,
      { stage: false, resume: true },
      estate.attended,
    )
    await expect(resumed).rejects.toMatchObject({
      exit: 'stale',
      todo: `Take back what it did with "redoubt undo ${plan.id}"; then scan and plan again, with another name where you chose it.`,
    })
    expect((await undoOf(estate, plan))?.outcome.undone).toEqual(['s2', 's1'])
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: AliasName }))
    expect(KeyMetadata).toMatchObject({ Arn: key, KeyState: 'Enabled' })
  })

  it('says what becomes unreadable before a key is disabled, and enables it again', async () => {
    const estate = await estateWith()
    const plan = await wish(estate, 'key disable', { key })
    expect(plan.steps[0]?.notes).toEqual([
      '1 warehouse cannot be used, and AWS deletes what stays without its key for 14 days: sales',
      '1 snapshot cannot be restored: sales/monthly',
    ])
    expect((await applyTo(estate, plan))?.verification.wish).toEqual({ held: 1, open: [] })
    expect((await undoOf(estate, plan))?.outcome.undone).toEqual(['s1'])
    expect(estate.succeeded('kms:EnableKey')).toBe(1)
  })

  it('never says that nothing lies under a key when not everything could be looked at', async () => {
    const estate = await openEstate(worldOf(world))
    await estate.control('deny', { accessKeyId: accessKey, action: 'redshift:DescribeClusterSnapshots' })
    await scan(estate.workspace, estate.connection)
    const plan = await wish(estate, 'key disable', { key })
    expect(plan.steps[0]?.notes).toEqual([
      '1 warehouse cannot be used, and AWS deletes what stays without its key for 14 days: sales',
      `what else lies under this key nobody knows, since this could not be read: redshift:DescribeClusterSnapshots in ${account} ${region} (AccessDenied)`,
    ])
  })

  it('a rotation whose answer was lost is not said to be done: nothing that is read tells', async () => {
    const estate = await estateWith()
    const plan = await wish(estate, 'keys rotate', { cluster: 'sales' })
    await estate.control('faults', { kind: 'reset', action: 'redshift:RotateEncryptionKey' })
    const lost =
      'the answer was lost, and nothing else tells whether it arrived: look in REDSHIFT for what "Rotate the keys of sales" may have left; then keep what this plan did, or undo it, and make a new one'
    expect((await applyTo(estate, plan))?.outcome).toMatchObject({ done: [], failed: [{ error: lost }] })
    expect(estate.succeeded('redshift:RotateEncryptionKey')).toBe(0)
    expect((await undoOf(estate, plan))?.outcome.kept).toEqual([{ step: 's1', because: lost }])
  })

  it('encrypts with copying off first and on again last, and says under whose key the copies lie', async () => {
    const ClusterSnapshotCopyStatus = { DestinationRegion: 'eu-central-1', RetentionPeriod: 7 }
    const clusters = [{ ClusterIdentifier: 'open', Encrypted: false, ClusterSnapshotCopyStatus }]
    const estate = await estateWith({ ...world, clusters, snapshots: [] })
    estate.workspace.settings = {
      ...estate.workspace.settings,
      allowedRegions: ['eu-west-1', 'eu-central-1'],
    }
    const plan = await wish(estate, 'cluster encrypt', { cluster: 'open', key })
    expect(plan.steps.map(({ call }) => call.action)).toEqual([
      'redshift:DisableSnapshotCopy',
      'redshift:ModifyCluster',
      'redshift:EnableSnapshotCopy',
    ])
    expect(plan.steps[2]?.notes).toEqual([
      'no grant names a key of yours in eu-central-1: copies there lie under a key that AWS owns',
    ])
    expect((await applyTo(estate, plan))?.verification.wish?.open).toEqual([])
  })

  it('ends no copying for a key that AWS would refuse, also where the scan did not see the key', async () => {
    const ClusterSnapshotCopyStatus = { DestinationRegion: 'eu-central-1', RetentionPeriod: 7 }
    const clusters = [{ ClusterIdentifier: 'open', Encrypted: false, ClusterSnapshotCopyStatus }]
    const unused = '5f0c1de0-7a55-4b4e-9c1e-0a4d8f2b6c19'
    const keys = [{ KeyId: unused, KeyState: 'Disabled' as const }]
    const estate = await estateWith({ keys, clusters })
    const plan = await wish(estate, 'cluster encrypt', { cluster: 'open', key: key.replace(keyId, unused) })
    await expect(applyTo(estate, plan)).rejects.toMatchObject({
      exit: 'stale',
      what: expect.stringContaining(`metadata.KeyState of ${unused} is Disabled, not Enabled`),
    })
    expect(estate.succeeded('redshift:DisableSnapshotCopy')).toBe(0)
  })

  it('sends no audit log to a bucket that lies elsewhere, or that is seen not to be there', async () => {
    const logging = (BucketName: string) => ({ LoggingEnabled: true, BucketName })
    const here = { ClusterIdentifier: 'sales', logging: logging('gone') }
    const there = { ClusterIdentifier: 'orders', logging: logging('abroad') }
    const seed = worldOf({ clusters: [here] })
    const regions = seed.accounts[account]?.regions ?? {}
    regions['eu-central-1'] = { buckets: [{ Name: 'abroad' }], clusters: [there] }
    const estate = await openEstate(seed)
    const connection = { ...estate.connection, regions: [region, 'eu-central-1'] }
    await scan(estate.workspace, connection)
    const sent = (bucket: string) => wish(estate, 'logging enable', { cluster: 'sales', bucket })
    await expect(sent('abroad')).rejects.toMatchObject({ what: 'Bucket abroad lies in eu-central-1.' })
    await expect(sent('gone')).rejects.toMatchObject({ what: 'There is no bucket gone.' })
    expect((await sent('never-seen')).steps).toHaveLength(1)
  })

  it('does not wait for a name that somebody else took meanwhile, and deletes nothing of his', async () => {
    const namespaces = [{ namespaceName: 'planning' }]
    const workgroups = [{ workgroupName: 'planning', namespaceName: 'planning' }]
    const estate = await estateWith({ namespaces, workgroups })
    const options = { namespace: 'planning', name: 'now', retention: '30' }
    const [plan, other] = [
      await wish(estate, 'snapshot create', options),
      await wish(estate, 'snapshot create', { ...options, retention: '40' }),
    ]
    expect((await applyTo(estate, other))?.outcome.done).toEqual(['s1'])
    const tries = () =>
      estate.lab.calls().filter(({ action }) => action === 'redshift-serverless:CreateSnapshot').length
    const before = tries()
    expect((await applyTo(estate, plan))?.outcome.failed[0]?.error).toContain('already exists')
    expect(tries() - before).toBe(1)
    await undoOf(estate, plan).catch(() => undefined)
    expect(estate.succeeded('redshift-serverless:DeleteSnapshot')).toBe(0)
  })

  it('rotates, encrypts, turns logging on; one wish at a time', async () => {
    const estate = await estateWith({ ...world, buckets: [{ Name: 'logs' }] } as RegionSeed)
    for (const [name, options] of [
      ['keys rotate', { cluster: 'sales' }],
      ['cluster encrypt', { cluster: 'open' }],
      ['logging enable', { cluster: arn('cluster:sales'), cloudwatch: true }],
    ] as const) {
      const applied = await applyTo(estate, await wish(estate, name, options))
      expect([name, applied?.outcome.failed, applied?.verification.wish?.open]).toEqual([name, [], []])
    }
  })
})

describe('a key whose making was never answered', () => {
  it('is neither made twice nor forgotten: the person is told where to look, and undo ends the plan', async () => {
    const estate = await estateWith()
    const plan = await wish(estate, 'key create', { alias: 'warehouse' })
    const proxy = await losing(estate, 'CreateKey')
    const lost =
      'the answer was lost, and nothing else tells whether it arrived: look in KMS for what "Make key warehouse" may have left; then keep what this plan did, or undo it, and make a new one'
    try {
      const endpointUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
      const connection = { ...estate.connection, endpointUrl }
      const applied = await apply(
        estate.workspace,
        connection,
        plan,
        { stage: false, resume: false },
        estate.attended,
      )
      expect(applied?.outcome).toMatchObject({ failed: [{ step: 's1', error: lost }], done: [] })
    } finally {
      proxy.closeAllConnections()
      proxy.close()
    }
    const resumed = await apply(
      estate.workspace,
      estate.connection,
      plan,
      { stage: false, resume: true },
      estate.attended,
    )
    expect(resumed?.outcome.failed).toEqual([{ step: 's1', error: lost }])
    expect(estate.succeeded('kms:CreateKey')).toBe(1)
    expect((await undoOf(estate, plan))?.outcome).toEqual({
      undone: [],
      failed: [],
      skipped: [],
      kept: [{ step: 's1', because: lost }],
    })
  })
})

/** A way to the lab on which the answer to one action of KMS is lost. */
async function losing(estate: Estate, operation: string): Promise<Server> {
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const { method, url, headers } = incoming
    const isLost = String(headers['x-amz-target']).endsWith(`.${operation}`)
    const onward = request(new URL(url ?? '/', estate.lab.url), { method, headers }, (answer) => {
      if (isLost) return answer.resume().on('end', () => outgoing.destroy())
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
      return answer.pipe(outgoing)
    })
    onward.end(Buffer.concat(chunks))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}
