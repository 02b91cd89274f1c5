// The package as a user gets it: packed, installed into an empty folder, and run there.

import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { worldNames } from '#lab/worlds/index.ts'
import { readYaml } from '#lab/yaml-file.ts'
import { cleanEnv, emptyFolder } from './command.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

function npm(cwd: string, ...args: string[]) {
  const ran = spawnSync('npm', [...args, '--no-audit', '--no-fund'], {
    cwd,
    encoding: 'utf8',
    env: { ...cleanEnv({}, cwd), npm_config_cache: join(cwd, 'cache') },
  })
  if (ran.status !== 0) throw new Error(`npm ${args[0]}: ${ran.stderr}`)
  return ran.stdout
}

test('npm pack, install, npx', { timeout: 180_000 }, async () => {
  const folder = await emptyFolder()
  const checkout = join(folder, 'checkout')
  mkdirSync(checkout)
  for (const part of ['src', 'scripts', 'schemas', 'package.json', 'tsconfig.json', 'README.md', 'LICENSE']) {
    cpSync(join(root, part), join(checkout, part), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'))
  npm(checkout, 'pack', '--pack-destination', folder)
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))
  const place = join(folder, 'place')
  mkdirSync(place)
  writeFileSync(join(place, 'package.json'), '{"private":true}')
  npm(place, 'install', '--offline', '--ignore-scripts', join(folder, tarball ?? ''))

  const installed = join(place, 'node_modules/redoubt')
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  expect(readdirSync(join(place, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
    'redoubt',
  ])
  expect(readdirSync(installed).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json', 'schemas'])
  expect(readdirSync(join(installed, 'dist/worlds'))).toEqual(
    worldNames.flatMap((name) => [`${name}.json`, `${name}.yaml`]),
  )
  // The lab reads JSON, people read YAML: both say the same.
  for (const name of worldNames) {
    const text = (kind: string) => readFileSync(join(installed, `dist/worlds/${name}.${kind}`), 'utf8')
    expect(JSON.parse(text('json'))).toEqual(readYaml(text('yaml'), name))
  }
  expect(readFileSync(join(installed, 'dist/LICENCES.txt'), 'utf8')).toContain('@aws-sdk/client-redshift 3.')

  const redoubt = (...args: string[]) =>
    spawnSync('npx', ['--offline', 'redoubt', ...args], {
      cwd: place,
      encoding: 'utf8',
      env: cleanEnv({}, place),
    })
  expect(redoubt('--version')).toMatchObject({ status: 0, stdout: `${version}\n` })
  const explained = redoubt('explain', 'cluster-require-ssl')
  expect(explained.status).toBe(0)
  expect(explained.stdout).toContain('Clusters accept encrypted connections only')
  expect(explained.stdout).toContain('aws redshift reboot-cluster --cluster-identifier CLUSTER')
})
