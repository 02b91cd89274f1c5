// Everything that is known of a warehouse's people before an hour is asked for: members, incidents, and all numbers.

import { hour } from '#kit/time.ts'
import { type Everyday, longest, meetVisits, type Quiet, roomOf } from './background.ts'
import { founding } from './founding.ts'
import { type Incident, stage } from './incidents.ts'
import { type Member, membersOf } from './members.ts'
import { type Key, keyOf, under } from './random.ts'
import type { PeopleSeed, WarehouseOf } from './types.ts'
import type { Numbers, Visit } from './visit.ts'

/** A visit that was planned, with its numbers and the incident it belongs to. */
export type Planned = { visit: Visit; numbers: Numbers; incident?: Incident }

/** The people of a warehouse, ready to be asked about any time. */
export type Company = {
  warehouse: WarehouseOf
  members: Member[]
  incidents: Incident[]
  planned: Planned[]
  everyday: Everyday
  /** How many numbers for visits an hour has. */
  room: number
}

/** The people of a warehouse. Throws one clear sentence when the seed contradicts itself. */
export function companyOf(people: PeopleSeed, warehouse: WarehouseOf): Company {
  const { account, region, name } = warehouse
  const key = keyOf(people.seed ?? 0, account, region, name)
  const members = membersOf(people, warehouse)
  const incidents = stage(people.incidents ?? [], members, key, warehouse)
  const everydayRoom = roomOf({ members }, people)
  const admin = members.find((member) => member.name === warehouse.adminUser)
  const stories = [
    ...(admin ? founding(members, admin, key, warehouse.createdAt).map((visit) => ({ visit })) : []),
    ...incidents.flatMap((incident) => [
      ...(incident.around ?? []).map((visit) => ({ visit })),
      ...incident.visits.map((visit) => ({ visit, incident })),
    ]),
  ]
  const slots = stories.reduce((sum, { visit }) => sum + slotsOf(visit), 0)
  const room = 2 ** Math.ceil(Math.log2(everydayRoom + slots))
  let slot = everydayRoom
  const planned = stories.map((story) => {
    const numbers = numbersOf(
      warehouse,
      room,
      Math.floor(story.visit.at / hour),
      slot,
      under(key, 'planned', slot),
    )
    slot += slotsOf(story.visit)
    return { ...story, numbers }
  })
  const quiets: Quiet[] = incidents.flatMap((incident) => incident.quiets ?? [])
  const everyday = { key, members, linesPerHour: people.linesPerHour, quiets, warehouse }
  return { warehouse, members, incidents, planned, everyday, room }
}

/** Transactions that a visit has numbers for; a planned visit with more statements takes several slots. */
const transactions = 64

function slotsOf({ deeds }: Visit): number {
  return Math.max(1, Math.ceil(deeds.length / transactions))
}

/** Processes as Redshift numbers them today, from 2^30 on; all of one hour differ, and those of the following ones. */
function numbersOf(
  { createdAt }: WarehouseOf,
  room: number,
  hourNumber: number,
  slot: number,
  key: Key,
): Numbers {
  const first = 2 ** 30
  const pid = first + (hourNumber % (first / room)) * room + slot
  const age = hourNumber - Math.floor(createdAt / hour)
  return { pid, xid: 1000 + (age * room + slot) * transactions, key }
}

/** Hands over every visit that touches a window, always in the same order: the everyday of each hour, then the planned. */
export function eachVisit(
  company: Company,
  from: number,
  to: number,
  meet: (visit: Visit, numbers: Numbers) => void,
): void {
  const { warehouse, everyday, planned, room } = company
  const earliest = Math.max(from - longest, warehouse.createdAt)
  for (let start = Math.floor(earliest / hour) * hour; start < to; start += hour) {
    meetVisits(everyday, start, { from, to }, (visit, slot, key) =>
      meet(visit, numbersOf(warehouse, room, start / hour, slot, key)),
    )
  }
  for (const { visit, numbers } of planned) {
    if (visit.at < to && visit.at + visit.lasts >= from) meet(visit, numbers)
  }
}
