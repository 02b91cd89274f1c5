// Nothing is contacted but the endpoint that was given: every connection and name lookup of a scan is written down.

import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { credentials, openRunningEstate, worldOf } from '../estate.ts'

/** Loaded before the command: notes where every socket goes and every name that is looked up. */
const spy = `
import dns from 'node:dns'
import { appendFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
const note = (text) => appendFileSync(process.env.SPY_FILE, text + '\\n')
const connect = net.Socket.prototype.connect
net.Socket.prototype.connect = function (...args) {
  const options = [args.flat()[0]].flat()[0] ?? {}
  note('connect ' + (options.path ?? (options.host ?? 'localhost') + ':' + options.port))
  return connect.apply(this, args)
}
for (const owner of [dns, dns.promises]) {
  const lookup = owner.lookup
  owner.lookup = function (name, ...rest) {
    note('lookup ' + name)
    return lookup.call(this, name, ...rest)
  }
}
syncBuiltinESMExports()
`

it('a scan connects to its endpoint and to nothing else', async () => {
  const estate = await openRunningEstate(worldOf({ clusters: [{ ClusterIdentifier: 'sales' }] }))
  const folder = estate.workspace.folder
  const [preload, seen] = [join(folder, 'spy.mjs'), join(folder, 'seen.txt')]
  await writeFile(preload, spy)
  const scan = [
    'dist/redoubt.mjs',
    'scan',
    '--all-regions',
    '--endpoint-url',
    estate.lab.url,
    '--fail-on',
    'none',
  ]
  await promisify(execFile)(
    process.execPath,
    ['--import', preload, ...scan, '--no-fail-on-unknown', '--workspace', folder],
    { env: { PATH: process.env.PATH, ...credentials, SPY_FILE: seen } },
  )
  const lines = new Set((await readFile(seen, 'utf8')).trim().split('\n'))
  expect([...lines]).toEqual([`connect 127.0.0.1:${estate.lab.port}`])
})
