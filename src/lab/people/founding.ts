// The first hour of a warehouse: Redshift makes the admin user, who makes schemas, tables, roles, users and their rights.

import { minute } from '#kit/time.ts'
import type { Effect, Grantee, Privilege } from './effects.ts'
import type { Member } from './members.ts'
import { hex, type Key, under } from './random.ts'
import { login, quoted } from './scene.ts'
import type { Deed, Visit } from './visit.ts'

type Act = Omit<Deed, 'after'>

/** The tables of the shop, personal data included. */
const relations: Record<string, string> = {
  'shop.customers':
    'customer_id bigint, email varchar(256), full_name varchar(256), country char(2), created_at timestamp',
  'shop.orders':
    'order_id bigint, customer_id bigint, status varchar(32), total decimal(12,2), ordered_at timestamp',
  'shop.payments':
    'payment_id bigint, order_id bigint, card_last4 char(4), amount decimal(12,2), paid_at timestamp',
  'shop.products': 'product_id bigint, name varchar(256), price decimal(12,2)',
  'shop.returns': 'return_id bigint, order_id bigint, reason varchar(256), created_at timestamp',
  'shop.events': 'event_id bigint, customer_id bigint, kind varchar(64), at timestamp',
  'shop.imports': 'import_id bigint, note varchar(1024)',
  'shop.load_log': 'load_id bigint, day date, state varchar(16)',
  'shop.daily_sales': 'day date, total decimal(14,2)',
  'sandbox.notes': 'note_id bigint, note varchar(1024)',
}

const schemas = ['shop', 'sandbox']

/** The visits in which everything is made. */
export function founding(members: Member[], admin: Member, key: Key, createdAt: number): Visit[] {
  const rdsdb = members.find(({ kind }) => kind === 'rdsdb') ?? admin
  // Real user logs begin like this (SignalFx 2020).
  const first: Act = {
    sql: 'SET statement_timeout TO 120000',
    effects: [userEffect(rdsdb, 'alter'), userEffect(admin, 'create')],
  }
  const acts = [
    ...schemas.map((schema) => makeSchema(schema, admin)),
    ...makeRelations(admin),
    ...makeRoles(),
  ]
  const users = members.filter(({ kind, name }) => kind !== 'rdsdb' && name !== admin.name)
  const made = users.map((member) => makeUser(member, key))
  const given = users.filter(({ superuser }) => !superuser).map(giveRole)
  return [
    login(rdsdb, createdAt + 5 * minute, [first]),
    ...chunks([...acts, ...made, ...given], 60).map((some, index) =>
      login(admin, createdAt + (15 + 8 * index) * minute, some),
    ),
  ]
}

// A visit has room for 64 statements: its transactions are numbered.
function chunks<Item>(items: Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}

function userEffect({ userid, name, superuser, kind }: Member, action: 'create' | 'alter'): Effect {
  const rights = { createdb: superuser, superuser, catupd: kind === 'rdsdb' }
  return { is: 'user', action, userid, name, ...rights }
}

function makeSchema(schema: string, admin: Member): Act {
  return { sql: `CREATE SCHEMA ${schema}`, effects: [{ is: 'schema', schema, owner: admin.name }] }
}

function makeRelations(admin: Member): Act[] {
  return Object.entries(relations).map(([relation, text]) => {
    const columns = [...text.matchAll(/(\w+) (\w+(?:\([\d,]+\))?)/g)].map(
      ([, name = '', type = '']) => [name, type] as const,
    )
    return {
      sql: `CREATE TABLE ${relation} (${text})`,
      effects: [{ is: 'relation', relation, owner: admin.name, columns }],
    }
  })
}

function makeRoles(): Act[] {
  return [
    { sql: 'CREATE ROLE analyst', effects: [{ is: 'role', role: 'analyst' }] },
    { sql: 'CREATE ROLE loader', effects: [{ is: 'role', role: 'loader' }] },
    giveSchema('USAGE', 'analyst', 'shop'),
    giveSchema('CREATE', 'analyst', 'sandbox'),
    giveTables(['SELECT'], 'analyst'),
    giveSchema('USAGE', 'loader', 'shop'),
    giveTables(['SELECT', 'INSERT', 'UPDATE', 'DELETE'], 'loader'),
  ]
}

function giveSchema(privilege: Privilege, role: string, schema: string): Act {
  const to: Grantee = { type: 'role', name: role }
  const sql = `GRANT ${privilege} ON SCHEMA ${schema} TO ROLE ${role}`
  return { sql, effects: [{ is: 'grant', on: 'schema', name: schema, privilege, to }] }
}

function giveTables(privileges: Privilege[], role: string): Act {
  const to: Grantee = { type: 'role', name: role }
  const names = Object.keys(relations).filter((name) => name.startsWith('shop.'))
  const sql = `GRANT ${privileges.join(', ')} ON ALL TABLES IN SCHEMA shop TO ROLE ${role}`
  return {
    sql,
    effects: names.flatMap((name) =>
      privileges.map((privilege) => ({ is: 'grant', on: 'relation', name, privilege, to }) as const),
    ),
  }
}

// A hash instead of a password, as CREATE USER allows (DG): nobody could log in with it.
function makeUser(member: Member, key: Key): Act {
  const password = member.auth === 'iam' ? 'DISABLE' : `'md5${hex(under(key, 'password', member.name))}'`
  const sql = `CREATE USER ${quoted(member.name)} PASSWORD ${password}${member.superuser ? ' CREATEUSER' : ''}`
  return { sql, effects: [userEffect(member, 'create')] }
}

function giveRole({ name, kind }: Member): Act {
  const role = kind === 'service' ? 'loader' : 'analyst'
  const effect: Effect = { is: 'role-grant', role, to: { type: 'user', name } }
  return { sql: `GRANT ROLE ${role} TO ${quoted(name)}`, effects: [effect] }
}
