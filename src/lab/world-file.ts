// Reads a world from YAML. What AWS's shapes may hold is checked when the world is seeded; here, that it is a world.

import { LineCounter, parseDocument } from 'yaml'
import type { World } from './world.ts'

/** A world that cannot be used: one sentence, with line and column where the text is no YAML. */
export class WorldError extends Error {}

/** The world of a YAML text; `where` names the text in the sentence that refuses it. */
export function readWorld(text: string, where: string): World {
  const content = contentOf(text, where)
  if (!isRecord(content)) throw new WorldError(`${where} is not a world: it has no members`)
  const { name, about, accounts } = content
  if (typeof name !== 'string' || typeof about !== 'string')
    throw new WorldError(`${where} is not a world: name and about must be there, and be text`)
  if (!isRecord(accounts))
    throw new WorldError(`${where} is not a world: accounts must map account ids to accounts`)
  for (const [id, account] of Object.entries(accounts)) checkAccount(id, account, where)
  return content as World
}

function checkAccount(id: string, account: unknown, where: string) {
  // Without quotes YAML takes the id for a number, and drops its leading zeros.
  if (!/^\d{12}$/.test(id))
    throw new WorldError(`${where}: the account id ${id} must have 12 digits, in quotes`)
  if (!isRecord(account)) throw new WorldError(`${where}: account ${id} has no members`)
  const { accessKeys = [], regions } = account
  if (!Array.isArray(accessKeys)) throw new WorldError(`${where}: accessKeys of account ${id} must be a list`)
  if (!isRecord(regions))
    throw new WorldError(`${where}: account ${id} must have regions, if only an empty one`)
  // A region with nothing below it is written `eu-west-1:`, which YAML reads as null.
  for (const [name, region] of Object.entries(regions)) if (region === null) regions[name] = {}
  account.accessKeys = accessKeys
}

// Anchors and merge keys are for people who write worlds; more aliases than this are an attack.
const mostAliases = 10_000

function contentOf(text: string, where: string): unknown {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true })
  const [error] = document.errors
  if (error) {
    const { line, col } = lines.linePos(error.pos[0])
    throw new WorldError(`${where} is not YAML: line ${line}, column ${col}: ${error.message.split('\n')[0]}`)
  }
  try {
    return document.toJS({ maxAliasCount: mostAliases })
  } catch (error) {
    throw new WorldError(`${where} is not YAML: ${(error as Error).message}`)
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
