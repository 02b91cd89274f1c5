// Keys: making them and finding them by id, ARN or alias.

import { NotFoundException$ } from '@aws-sdk/client-kms'
import { formatArn, parseArn } from '#kit/arn.ts'
import { day } from '#kit/time.ts'
import { hexOf } from '#lab/ids.ts'
import { type Account, arnIn, type Principal, type Region, regionIn, type State } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { KeyFacts, KmsKey } from './model.ts'
import { closedPolicy, defaultPolicy, managedPolicy } from './policies.ts'
import { noRotation, rotateDue } from './rotation.ts'

/** Where and when something is looked at. A call's context and a task's happening are both. */
export type Where = {
  state: State
  region: Region
  now: number
  /** Whose call leads to it; nobody's where time alone does. */
  principal?: Principal
}

/** A new enabled symmetric key of an account, not yet in its region. */
export function makeKey(region: Region, id: string, createdAt: number): KmsKey {
  const { account } = region
  const arn = arnIn(region, 'kms', `key/${id}`)
  return {
    id,
    arn,
    account: account.id,
    manager: 'CUSTOMER',
    facts: usualFacts(account.id, id, arn, createdAt),
    policy: defaultPolicy(account.partition, account.id),
    tags: [],
    rotation: noRotation(),
    grants: new Map(),
    lastUse: undefined,
  }
}

// KMS API, CreateKey: the sample response and the defaults of the members.
function usualFacts(account: string, id: string, arn: string, createdAt: number): KeyFacts {
  return {
    AWSAccountId: account,
    KeyId: id,
    Arn: arn,
    CreationDate: new Date(createdAt),
    Enabled: true,
    Description: '',
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeyState: 'Enabled',
    Origin: 'AWS_KMS',
    KeyManager: 'CUSTOMER',
    CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
    KeySpec: 'SYMMETRIC_DEFAULT',
    EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    MultiRegion: false,
  }
}

/** The key of an id, ARN or alias as an account in a region says it, or undefined. */
export function findKey(where: Where, account: Account, ref: string): KmsKey | undefined {
  const parts = parseArn(ref)
  const region = regionIn(account, where.region.name)
  if (!ref.startsWith('arn:')) return keyIn(region, ref, where.now)
  if (parts?.service !== 'kms' || parts.region !== region.name) return undefined
  const owner = where.state.accounts.get(parts.account)
  if (owner?.partition !== parts.partition || owner.partition !== account.partition) return undefined
  return keyIn(regionIn(owner, region.name), parts.resource.replace(/^key\//, ''), where.now)
}

function keyIn({ kms }: Region, ref: string, now: number): KmsKey | undefined {
  const id = ref.startsWith('alias/') ? kms.aliases.get(ref)?.target : ref
  const key = id === undefined ? undefined : kms.keys.get(id)
  if (key) rotateDue(key, now)
  return key
}

/** The same, or NotFoundException. */
export function getKey(where: Where, account: Account, ref: string): KmsKey {
  const key = findKey(where, account, ref)
  if (key) return key
  throw fault(NotFoundException$, notFound(regionIn(account, where.region.name), ref))
}

/** What KMS says of a key that is not there. Wordings: recorded by moto's tests and in issues of Terraform. */
export function notFound(region: Region, ref: string): string {
  const parts = parseArn(ref)
  if (parts && parts.region !== region.name) return `Invalid arn ${parts.region}`
  const resource = parts?.resource ?? (ref.startsWith('alias/') ? ref : `key/${ref}`)
  const arn = parts ? ref : arnIn(region, 'kms', resource)
  if (resource.startsWith('alias/')) return `Alias ${arn} is not found.`
  if (/^key\/(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.test(resource))
    return `Key '${arn}' does not exist`
  return `Invalid keyId '${ref}'`
}

/** The key AWS itself owns for a service in a region. It belongs to no account of the lab and is never listed. */
export function awsOwnedKey({ state, region }: Where, service: string): KmsKey {
  const { owned } = state.kms
  const name = `${region.name}/${service}`
  const known = owned.get(name)
  if (known) return known
  const key = foreignKey(region, '000000000000', seededId(`owned ${name}`))
  key.manager = 'AWS_OWNED'
  owned.set(name, key)
  return key
}

/** A key of an account that the world does not describe: it works, and nobody in the lab can look at it. */
export function unknownKey({ state, region }: Where, arn: string): KmsKey {
  const { unknown } = state.kms
  const known = unknown.get(arn)
  if (known) return known
  const parts = parseArn(arn)
  const id = parts?.resource.replace(/^key\//, '') ?? arn
  const key = { ...foreignKey(region, parts?.account ?? '000000000000', id), arn }
  unknown.set(arn, key)
  return key
}

function foreignKey(region: Region, account: string, id: string): KmsKey {
  const { partition } = region.account
  const arn = formatArn({ partition, service: 'kms', region: region.name, account, resource: `key/${id}` })
  const facts = usualFacts(account, id, arn, 0)
  const key = { ...makeKey(region, id, 0), arn, account, facts }
  return { ...key, policy: closedPolicy(partition, account) }
}

/** The key AWS manages in an account for a service, `alias/aws/redshift`; made when it is first used. */
export function managedKey({ state, region, now }: Where, account: Account, service: string): KmsKey {
  const home = regionIn(account, region.name)
  const name = `alias/aws/${service}`
  const known = findKey({ state, region: home, now }, account, name)
  if (known) return known
  const key = makeKey(home, seededId(`managed ${account.id} ${home.name} ${service}`), now)
  key.manager = 'AWS_MANAGED'
  key.facts = { ...key.facts, KeyManager: 'AWS', Description: managedDescription(service) }
  key.policy = managedPolicy(account.partition, account.id, home.name, service)
  // "AWS KMS automatically rotates AWS managed keys every year": rotate-keys.
  key.rotation = { ...noRotation(), enabled: true, next: now + 365 * day }
  home.kms.keys.set(key.id, key)
  home.kms.aliases.set(name, { name, target: key.id, created: now, updated: now })
  return key
}

// As recorded for other services ("Default key that protects my EBS volumes when no other key is defined").
// Unverified: Redshift's noun.
function managedDescription(service: string): string {
  const what = service === 'redshift' ? 'Redshift clusters' : `${service} data`
  return `Default key that protects my ${what} when no other key is defined`
}

/** A key id that always is the same for a name. */
export function seededId(name: string): string {
  const hex = hexOf(`kms ${name}`, 32)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}
