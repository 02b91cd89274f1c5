// Who is in the database and who may do what in it. Columns: Database Developer Guide, 2026.

import { objectsIn } from '../redshift/logging/database.ts'
import type { Database } from '../redshift/logging/model.ts'
import { type Field, type Table, tableOf, type Window } from './table.ts'

type Objects = ReturnType<typeof objectsIn>
type User = Objects['users'][number]
type Grantee = { type: string; name: string }

/** A thing in the database, beside all the others: ids are found there. */
type In<Thing> = { thing: Thing; all: Objects }

const superusers = { visible: 'superusers' as const }

function view<Thing>(
  fields: Field<In<Thing>>[],
  things: (objects: Objects, database: Database) => Thing[],
  visible: Pick<Table, 'visible'> = superusers,
): Table {
  const records = (database: Database, { at }: Window) => {
    const all = objectsIn(database, at)
    return things(all, database).map((thing) => ({ thing, all }))
  }
  return tableOf(fields, records, visible)
}

// Unverified: the ids of roles, and that of public.
function idOf({ type, name }: Grantee, { users, roles }: Objects): number {
  if (type === 'user') return users.find((user) => user.name === name)?.userid ?? 0
  return type === 'role' ? roleId(name, roles) : 0
}

function roleId(name: string, roles: string[]): number {
  const index = roles.indexOf(name)
  // Roles of the system are there from the start.
  return index < 0 ? 16_383 : 100_300 + index
}

const identity = <Thing extends { to: Grantee }>(): Field<In<Thing>>[] => [
  ['identity_id', 'int4', ({ thing, all }) => idOf(thing.to, all)],
  ['identity_name', 'varchar', ({ thing }) => thing.to.name],
  ['identity_type', 'varchar', ({ thing }) => thing.to.type],
  // The lab's people never grant WITH GRANT OPTION.
  ['admin_option', 'bool', () => false],
]

const users: Field<In<User>>[] = [
  ['user_name', 'varchar', ({ thing }) => thing.name],
  ['user_id', 'int4', ({ thing }) => thing.userid],
  ['createdb', 'bool', ({ thing }) => thing.createdb],
  ['superuser', 'bool', ({ thing }) => thing.superuser],
  ['catalog_update', 'bool', ({ thing }) => thing.catupd],
  ['connection_limit', 'varchar', () => 'UNLIMITED'],
  ['syslog_access', 'varchar', ({ thing }) => (thing.superuser ? 'UNRESTRICTED' : 'RESTRICTED')],
  // Not known.
  ['last_ddl_timestamp', 'timestamp', () => null],
  ['session_timeout', 'int4', () => 0],
  ['external_user_id', 'varchar', () => null],
]

const names: Field<In<User>>[] = [
  ['usename', 'varchar', ({ thing }) => thing.name],
  ['usesysid', 'int4', ({ thing }) => thing.userid],
  ['usecreatedb', 'bool', ({ thing }) => thing.createdb],
  ['usesuper', 'bool', ({ thing }) => thing.superuser],
  ['usecatupd', 'bool', ({ thing }) => thing.catupd],
  ['valuntil', 'timestamp', ({ thing }) => thing.validUntil ?? null],
]

type RoleGrant = In<Objects['roleGrants'][number]>

const ofUsers: Field<RoleGrant>[] = [
  ['user_id', 'int4', ({ thing, all }) => idOf(thing.to, all)],
  ['user_name', 'varchar', ({ thing }) => thing.to.name],
  ['role_id', 'int4', ({ thing, all }) => roleId(thing.role, all.roles)],
  ['role_name', 'varchar', ({ thing }) => thing.role],
  ['admin_option', 'bool', () => false],
]

const ofRoles: Field<RoleGrant>[] = [
  ['role_id', 'int4', ({ thing, all }) => idOf(thing.to, all)],
  ['role_name', 'varchar', ({ thing }) => thing.to.name],
  ['granted_role_id', 'int4', ({ thing, all }) => roleId(thing.role, all.roles)],
  ['granted_role_name', 'varchar', ({ thing }) => thing.role],
]

type DatabaseGrant = { database: string; privilege: string; to: Grantee }

// Everybody may make temporary tables by being in PUBLIC: GRANT, "Usage notes". Nothing else is granted on databases here.
const onDatabases = (_: Objects, { database }: Database): DatabaseGrant[] => [
  { database, privilege: 'TEMP', to: { type: 'public', name: 'public' } },
]

// Nobody in the lab alters default privileges, so that there are columns and no rows.
const defaults: Field<In<never>>[] = [
  ...(['schema_name', 'object_type'] as const).map(
    (name) => [name, 'varchar', () => null] as Field<In<never>>,
  ),
  ['owner_id', 'int4', () => null],
  ['owner_name', 'varchar', () => null],
  ['owner_type', 'varchar', () => null],
  ['privilege_type', 'varchar', () => null],
  ['grantee_id', 'int4', () => null],
  ['grantee_name', 'varchar', () => null],
  ['grantee_type', 'varchar', () => null],
  ['admin_option', 'bool', () => null],
]

/** The views and catalog tables, by name. */
export const views: Record<string, Table> = {
  svv_user_info: view(users, (objects) => objects.users, { visible: { own: 'user_id' } }),
  pg_user: view(names, (objects) => objects.users, { visible: 'everyone' }),
  svv_relation_privileges: view<Objects['relationPrivileges'][number]>(
    [
      ['namespace_name', 'varchar', ({ thing }) => thing.schema],
      ['relation_name', 'varchar', ({ thing }) => thing.relation],
      ['privilege_type', 'varchar', ({ thing }) => thing.privilege],
      ...identity<Objects['relationPrivileges'][number]>(),
    ],
    (objects) => objects.relationPrivileges,
  ),
  svv_schema_privileges: view<Objects['schemaPrivileges'][number]>(
    [
      ['namespace_name', 'varchar', ({ thing }) => thing.schema],
      ['privilege_type', 'varchar', ({ thing }) => thing.privilege],
      ...identity<Objects['schemaPrivileges'][number]>(),
      ['privilege_scope', 'varchar', () => 'SCHEMA'],
    ],
    (objects) => objects.schemaPrivileges,
  ),
  svv_database_privileges: view<DatabaseGrant>(
    [
      ['database_name', 'varchar', ({ thing }) => thing.database],
      ['privilege_type', 'varchar', ({ thing }) => thing.privilege],
      ...identity<DatabaseGrant>(),
      ['privilege_scope', 'varchar', () => 'DATABASE'],
    ],
    onDatabases,
  ),
  svv_default_privileges: view(defaults, () => []),
  svv_user_grants: view(ofUsers, ({ roleGrants }) => roleGrants.filter(({ to }) => to.type === 'user')),
  svv_role_grants: view(ofRoles, ({ roleGrants }) => roleGrants.filter(({ to }) => to.type === 'role')),
  svv_datashares: view<Objects['datashares'][number]>(
    [
      ['share_name', 'varchar', ({ thing }) => thing.name],
      ['share_type', 'varchar', () => 'OUTBOUND'],
      ['createdate', 'timestamp', ({ thing }) => thing.createdAt],
    ],
    (objects) => objects.datashares,
  ),
}
