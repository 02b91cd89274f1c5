// Makes a world of what a file says. What AWS's shapes may hold is checked when the world is seeded; here, that it is a
// world.

import { LabFileError } from './lab-file.ts'
import { writeOut } from './series.ts'
import type { World } from './world.ts'

/** The world that plain data stands for; `where` names it in the sentence of the LabFileError that refuses it. */
export function worldFrom(content: unknown, where: string): World {
  if (!isRecord(content)) throw new LabFileError(`${where} is not a world: it has no members`)
  // What is only there to be referred to: anchors of YAML stand below `parts`.
  const { parts: _, ...world } = content
  const { name, about, accounts } = world
  if (typeof name !== 'string' || typeof about !== 'string')
    throw new LabFileError(`${where} is not a world: name and about must be there, and be text`)
  if (!isRecord(accounts))
    throw new LabFileError(`${where} is not a world: accounts must map account ids to accounts`)
  for (const [id, account] of Object.entries(accounts)) checkAccount(id, account, where)
  return writeOut(world, where) as World
}

function checkAccount(id: string, account: unknown, where: string) {
  // Without quotes YAML takes the id for a number, and drops its leading zeros.
  if (!/^\d{12}$/.test(id))
    throw new LabFileError(`${where}: the account id ${id} must have 12 digits, in quotes`)
  if (!isRecord(account)) throw new LabFileError(`${where}: account ${id} has no members`)
  const { accessKeys = [], regions } = account
  if (!Array.isArray(accessKeys))
    throw new LabFileError(`${where}: accessKeys of account ${id} must be a list`)
  if (!isRecord(regions))
    throw new LabFileError(`${where}: account ${id} must have regions, if only an empty one`)
  // A region with nothing below it is written `eu-west-1:`, which YAML reads as null.
  for (const [name, region] of Object.entries(regions)) if (region === null) regions[name] = {}
  account.accessKeys = accessKeys
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
