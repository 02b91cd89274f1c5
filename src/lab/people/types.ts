// The people of a warehouse as plain data: who they are in a world, what they leave in the logs, and what was planted.

/** Who works in a database, per cluster or serverless workgroup. Everything left out gets a believable default. */
export type PeopleSeed = {
  seed?: number
  users?: DatabaseUserSeed[]
  /** A load for bulk worlds: about so many lines an hour, over all three logs, spread over the users. */
  linesPerHour?: number
  incidents?: IncidentSeed[]
}

/** One database user. Names are as in pg_user, without the prefix that a login with IAM puts before them. */
export type DatabaseUserSeed = {
  name: string
  kind?: 'person' | 'service' | 'admin' | 'rdsdb'
  auth?: 'password' | 'iam'
  /** With `iam`: the credentials were asked for with AutoCreate, so the name is shown with `IAMA:` for `IAM:`. */
  autoCreate?: boolean
  remoteHosts?: string[]
  applicationName?: string
  driver?: string
  osVersion?: string
  /** Empty: plaintext. */
  tls?: 'TLSv1.3' | 'TLSv1.2' | ''
  /** Hours of the day in UTC, 0 to 24; `worksTo` before `worksFrom` is a night shift. */
  worksFrom?: number
  worksTo?: number
  /** ISO weekdays, 1 (Monday) to 7. */
  weekdays?: number[]
  sessionsPerDay?: number
  statements?: StatementSeed[]
}

/** A statement that a user runs; the heavier, the more often. `{n}`, `{day}`, `{bucket}` and `{role}` are filled in. */
export type StatementSeed = string | { sql: string; weight: number }

/** What can be planted in the logs. */
export type IncidentKind =
  | 'password-guessing'
  | 'brute-force-then-login'
  | 'lockout'
  | 'login-from-new-host'
  | 'plaintext-session'
  | 'admin-at-night'
  | 'bulk-unload'
  | 'unload-session-role'
  | 'create-superuser'
  | 'grant-to-public'
  | 'grant-role-escalation'
  | 'drop-table-burst'
  | 'copy-from-foreign-bucket'
  | 'disable-logging-attempt'
  | 'password-in-sql'
  | 'dormant-user-returns'
  | 'shared-account'
  | 'datashare-created'
  | 'system-table-reading'
  | 'query-with-injection'

/** Something planted. Members that a kind has no use for are refused. */
export type IncidentSeed = {
  kind: IncidentKind
  /** ISO 8601, or relative to the world's now: `-3d2h`. */
  at: string
  id?: string
  /** Plants the harmless look-alike of the kind: what a detection must not find. */
  nearMiss?: boolean
  user?: string
  remoteHost?: string
  /** How many: attempts, statements, tables. */
  count?: number
  bucket?: string
  roleArn?: string
  table?: string
  /** The other one: the user who is created, the role that is granted, the account that a datashare goes to. */
  target?: string
}

/** The warehouse they work in, as it is and as it was. */
export type WarehouseOf = {
  account: string
  region: string
  /** Cluster identifier or workgroup name. */
  name: string
  kind: 'cluster' | 'workgroup'
  database: string
  adminUser: string
  createdAt: number
  /** The moment that relative times of the seed count from: the world's now when it was made, not the present. */
  worldNow: number
  /** Whether enable_user_activity_logging was in force. */
  activityLogged(at: number): boolean
  requireSsl(at: number): boolean
}

export type LogType = 'connectionlog' | 'userlog' | 'useractivitylog'

export type ConnectionEvent =
  | 'initiating session'
  | 'authenticated'
  | 'authentication failure'
  | 'set application_name'
  | 'disconnecting session'

/** A record of the connection log; members in the order of the file (MG db-auditing). Times in ms, `duration` in µs. */
export type ConnectionRecord = {
  event: ConnectionEvent
  recordtime: number
  remotehost: string
  remoteport: string
  pid: number
  dbname: string
  username: string
  authmethod: string
  duration: number
  sslversion: string
  sslcipher: string
  mtu: number
  sslcompression: string
  sslexpansion: string
  iamauthguid: string
  application_name: string
  os_version: string
  driver_version: string
  plugin_name: string
  protocol_version: number
  sessionid: string
  compression: string
}

/** A record of the user log. The user is the one affected, not the one who did it; `valuntil` undefined: for ever. */
export type UserRecord = {
  userid: number
  username: string
  oldusername: string
  action: 'create' | 'alter' | 'drop' | 'rename'
  usecreatedb: 0 | 1
  usesuper: 0 | 1
  usecatupd: 0 | 1
  valuntil: number | undefined
  pid: number
  xid: number
  recordtime: number
}

/** A record of the user activity log, and what SYS_QUERY_HISTORY says besides. `elapsed_time` in µs. */
export type ActivityRecord = {
  recordtime: number
  dbname: string
  username: string
  pid: number
  userid: number
  xid: number
  sql: string
  query_id: number
  query_type: QueryType
  status: 'success' | 'failed'
  elapsed_time: number
  returned_rows: number
  returned_bytes: number
}

/** DG SYS_QUERY_HISTORY. */
export type QueryType =
  | 'SELECT'
  | 'INSERT'
  | 'UPDATE'
  | 'DELETE'
  | 'UNLOAD'
  | 'COPY'
  | 'COMMAND'
  | 'DDL'
  | 'UTILITY'
  | 'CTAS'
  | 'OTHER'

/** A session, or an attempt at one. `username` as the connection log shows it. */
export type Session = {
  startedAt: number
  endedAt: number
  outcome: 'authenticated' | 'authentication failure'
  pid: number
  userid: number
  sessionid: string
  remotehost: string
  remoteport: string
  dbname: string
  username: string
  authmethod: string
  sslversion: string
  sslcipher: string
  iamauthguid: string
  application_name: string
  os_version: string
  driver_version: string
  plugin_name: string
}

/** Records of the three logs, each in the order of its times. */
export type Records = {
  connections: ConnectionRecord[]
  users: UserRecord[]
  activities: ActivityRecord[]
}

/** What was planted, for whoever judges a detection. */
export type TruthEntry = {
  id: string
  kind: IncidentKind
  isNearMiss: boolean
  warehouse: { account: string; region: string; name: string }
  /** Names as in pg_user. */
  users: string[]
  remotehosts: string[]
  firstAt: number
  lastAt: number
  logs: LogType[]
  /** A record belongs to the entry when its pid is one of these and its time lies within it. */
  match: { pids: number[]; sessionids: string[]; xids: number[] }
  sentence: string
}
