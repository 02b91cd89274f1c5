// Lines byte for byte: blanks behind characters, days without a zero, milliseconds behind a colon.

import { expect, test } from 'vitest'
import { activityLine, connectionLine, userLine } from './lines.ts'
import type { ConnectionRecord } from './types.ts'

const at = Date.UTC(2020, 11, 7, 20, 1, 55, 304)

const local: ConnectionRecord = {
  event: 'disconnecting session',
  recordtime: at,
  remotehost: '[local]',
  remoteport: '',
  pid: 5108,
  dbname: 'dev',
  username: 'rdsdb',
  authmethod: 'Ident',
  duration: 127304,
  sslversion: '',
  sslcipher: '',
  mtu: 0,
  sslcompression: '',
  sslexpansion: '',
  iamauthguid: '',
  application_name: '',
  os_version: '',
  driver_version: '',
  plugin_name: '',
  protocol_version: 0,
  sessionid: '',
  compression: '',
}

test('a connection line begins like the real one of 2020 and has 22 columns and a last delimiter', () => {
  const real =
    'disconnecting session |Mon, 7 Dec 2020 20:01:55:304|[local] | |5108|dev |rdsdb |Ident |127304| | |0| | | | | | |'
  const line = connectionLine(local)
  expect(line).toBe(`${real} |0| | |`)
  expect(line.split('|')).toHaveLength(23)
})

test('every column has its place', () => {
  const line = connectionLine({
    ...local,
    event: 'set application_name',
    remotehost: '::ffff:10.0.0.1',
    remoteport: '32828',
    username: 'IAM:anna',
    authmethod: 'IAM AssumeUser',
    sslversion: 'TLSv1.2',
    sslcipher: 'ECDHE-RSA-AES256-GCM-SHA384',
    sslcompression: 'c',
    sslexpansion: 'e',
    iamauthguid: 'guid',
    application_name: '=cmd|x\\y',
    os_version: 'Linux',
    driver_version: 'Driver 1',
    plugin_name: 'none',
    protocol_version: 2,
    sessionid: 'session',
    compression: 'z',
  })
  expect(line).toBe(
    'set application_name |Mon, 7 Dec 2020 20:01:55:304|::ffff:10.0.0.1 |32828 |5108|dev |IAM:anna |IAM AssumeUser |127304|TLSv1.2 |ECDHE-RSA-AES256-GCM-SHA384 |0|c |e |guid |=cmd|x\\y |Linux |Driver 1 |none |2|session |z |',
  )
})

test('a user line is the real one of 2020', () => {
  const recordtime = Date.UTC(2020, 11, 3, 10, 18, 38, 695)
  const rights = { usecreatedb: 1, usesuper: 1, usecatupd: 0 } as const
  const record = {
    userid: 100,
    username: 'awsuser',
    oldusername: '',
    action: 'create',
    ...rights,
    recordtime,
  } as const
  expect(userLine({ ...record, valuntil: undefined, pid: 14888, xid: 1080 })).toBe(
    '100|awsuser | |create |1|1|0|9223372036854775807|14888|1080|Thu, 3 Dec 2020 10:18:38:695',
  )
  const day = Date.UTC(2000, 0, 2)
  expect(userLine({ ...record, valuntil: day, pid: 1, xid: 2 })).toContain('|1|1|0|86400000000|1|2|')
})

test('an activity record is the real one of 2020, over several lines', () => {
  const record = {
    recordtime: Date.UTC(2020, 4, 22, 3, 0, 14, 999),
    dbname: 'dev',
    username: 'rdsdb',
    pid: 91025,
    userid: 1,
    xid: 11809754,
    sql: 'select "table", "schema"\nfrom svv_table_info\nwhere "table" = \'mytable\';',
    query_id: 1,
    query_type: 'SELECT',
    status: 'success',
    elapsed_time: 0,
    returned_rows: 0,
    returned_bytes: 0,
  } as const
  expect(activityLine(record)).toBe(
    `'2020-05-22T03:00:14Z UTC [ db=dev user=rdsdb pid=91025 userid=1 xid=11809754 ]' LOG: select "table", "schema"\nfrom svv_table_info\nwhere "table" = 'mytable';`,
  )
})

test('minutes in any order are written right', () => {
  const times = [at, at + 3_600_000, at - 60_000, at]
  const written = times.map((recordtime) => connectionLine({ ...local, recordtime }).split('|')[1])
  expect(written).toEqual([
    'Mon, 7 Dec 2020 20:01:55:304',
    'Mon, 7 Dec 2020 21:01:55:304',
    'Mon, 7 Dec 2020 20:00:55:304',
    'Mon, 7 Dec 2020 20:01:55:304',
  ])
})
