// What a statement changes in the database: users, roles, relations, grants and datashares, one change at a time.

/** One change. Names are plain; a relation is `schema.name`. */
export type Effect =
  | UserEffect
  | { is: 'lock'; user: string; locked: boolean }
  | { is: 'role'; role: string }
  | { is: 'role-grant'; role: string; to: Grantee }
  | { is: 'schema'; schema: string; owner: string }
  | {
      is: 'relation'
      relation: string
      owner: string
      columns: readonly (readonly [name: string, type: string])[]
    }
  | { is: 'grant'; on: 'schema' | 'relation'; name: string; privilege: Privilege; to: Grantee }
  | { is: 'datashare'; datashare: string; owner: string }
  | { is: 'datashare-object'; datashare: string; object: string; type: 'schema' | 'table' }
  | { is: 'datashare-grant'; datashare: string; account: string }

/** A user made, changed or gone, as it is afterwards. */
export type UserEffect = {
  is: 'user'
  action: 'create' | 'alter' | 'drop' | 'rename'
  userid: number
  name: string
  oldName?: string
  createdb?: boolean
  superuser?: boolean
  catupd?: boolean
  validUntil?: number
}

export type Privilege = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE' | 'REFERENCES' | 'DROP' | 'USAGE' | 'CREATE'

/** Who is given something; `public` has no name of its own. */
export type Grantee = { type: 'user' | 'role' | 'public'; name: string }

export const everyone: Grantee = { type: 'public', name: 'public' }
