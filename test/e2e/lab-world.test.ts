// `redoubt lab --world`: by name or from a file, and what is said of a file that is no world.

import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { emptyFolder, redoubt, start } from '../command.ts'

const running: ReturnType<typeof start>[] = []

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

const world = `name: corner shop
about: One cluster.
accounts:
  '111122223333':
    accessKeys: [{ id: AKIALABCORNERSHOP001, secret: lab-secret, user: anna }]
    regions:
      eu-west-1:
        clusters:
          - ClusterIdentifier: till
`

/** A file of that text in a folder of its own. */
async function fileOf(text: string, name = 'shop.yaml') {
  const folder = await emptyFolder()
  await writeFile(join(folder, name), text)
  return { folder, file: join(folder, name) }
}

/** Starts a lab, and says what it printed. */
async function printed(cwd: string, wanted: string): Promise<string> {
  const child = start(['lab', '--port', '0', '--world', wanted], { cwd })
  running.push(child)
  let said = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  while (!said.includes('aws redshift describe-clusters')) {
    await Promise.race([once(child.stdout ?? child, 'data'), once(child, 'exit')])
    if (child.exitCode !== null) throw new Error(`the lab ended with ${child.exitCode}`)
  }
  return said
}

test.each([['shop.yaml'], ['./shop.yml'], ['./shop']])('a file: %s', async (wanted) => {
  const { folder } = await fileOf(world, wanted.replace('./', ''))
  expect(await printed(folder, wanted)).toContain('world corner shop: One cluster.')
})

test.each([
  ['no such world', 'nowhere', 252, 'There is no world "nowhere".\nChoose one of '],
  ['no such file', 'none.yaml', 253, 'There is no file none.yaml.\nCorrect or choose another file'],
])('%s', async (_what, wanted, code, words) => {
  const ran = await redoubt(['lab', '--world', wanted], { cwd: await emptyFolder() })
  expect(ran).toMatchObject({ code, stdout: '' })
  expect(ran.stderr).toContain(`redoubt: ${words}`)
})

test.each([
  ['not YAML', `${world}    alias: [`, /^redoubt: shop\.yaml is not YAML: line 10, column \d+: /],
  ['no world', 'clusters: []\n', /^redoubt: shop\.yaml is not a world: name and about must be there/],
  [
    'an unknown member',
    `${world}            Colour: red\n`,
    /^redoubt: shop\.yaml: cluster till in eu-west-1 has no member Colour in AWS's Cluster\.\n/,
  ],
  [
    'a member at the wrong level',
    `${world}    snapshots: []\n`,
    /^redoubt: shop\.yaml: account 111122223333 has no member snapshots: it belongs to one of its regions\.\n/,
  ],
  [
    'a contradiction',
    `${world}            ParameterGroup: nobody-made-it\n`,
    /^redoubt: shop\.yaml: cluster till in eu-west-1 has the unknown parameter group nobody-made-it\.\n/,
  ],
])('a file that is %s', async (_what, text, words) => {
  const { folder } = await fileOf(text)
  const ran = await redoubt(['lab', '--port', '0', '--world', 'shop.yaml'], { cwd: folder })
  expect(ran).toMatchObject({ code: 253, stdout: '' })
  expect(ran.stderr).toMatch(words)
  expect(ran.stderr.trimEnd().split('\n')).toHaveLength(2)
})
