// What the lab keeps of KMS: keys, their aliases and their grants.

import type { GrantListEntry, KeyMetadata, KeyState, RotationType, Tag } from '@aws-sdk/client-kms'
import type { PolicyDocument } from '#lab/iam/types.ts'

/** A key policy: the text as it was put, and the same read. */
export type KeyPolicy = { text: string; document: PolicyDocument }

/** Rotation of a key's material. */
export type Rotation = {
  enabled: boolean
  /** Days between automatic rotations. */
  period: number
  /** The virtual moment of the next automatic rotation; undefined while it is off. */
  next: number | undefined
  /** What was rotated so far, oldest first. The first material of a key is not among them. */
  done: { at: number; type: RotationType }[]
}

/** Whom a key tells, by a task on the agenda, that it has become usable or unusable: who stands behind a grant. */
export type Watcher = { kind: string; account: string; region: string; subject: string }

/** A grant. */
export type Grant = {
  id: string
  facts: GrantListEntry & { GrantId: string; CreationDate: Date }
  token: string
  watcher: Watcher | undefined
}

/** A key's facts, those the lab counts with always there. */
export type KeyFacts = KeyMetadata & { KeyId: string; CreationDate: Date; KeyState: KeyState }

/** A KMS key. */
export type KmsKey = {
  id: string
  arn: string
  /** The account that owns it; that of nobody in the lab for a key owned by AWS. */
  account: string
  manager: 'AWS_OWNED' | 'AWS_MANAGED' | 'CUSTOMER'
  facts: KeyFacts
  policy: KeyPolicy
  tags: Tag[]
  rotation: Rotation
  grants: Map<string, Grant>
  /** The last successful cryptographic operation. */
  lastUse: { operation: string; at: number; request: string } | undefined
}

/** An alias and what it points at; AWS lists its own before anybody has used them, without a target. */
export type Alias = { name: string; target: string | undefined; created: number; updated: number }

/** KMS in one region of one account. */
export type Kms = { keys: Map<string, KmsKey>; aliases: Map<string, Alias> }

/** Keys that belong to no account of the lab: owned by AWS, and of accounts that the world does not describe. */
export type KmsElsewhere = { owned: Map<string, KmsKey>; unknown: Map<string, KmsKey> }

/** KMS before anything was made in a region. */
export function emptyKms(): Kms {
  return { keys: new Map(), aliases: new Map() }
}

/** No key outside of the lab's accounts yet. */
export function emptyKmsElsewhere(): KmsElsewhere {
  return { owned: new Map(), unknown: new Map() }
}
