// What it costs to keep a lab in a file: a changing call to the built lab with 10,000 snapshots, with and without --state.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CreateTagsCommand, RedshiftClient } from '@aws-sdk/client-redshift'
import { labOf, median, round } from './process.ts'
import { account, credentials, largeWorldText, region } from './world.ts'

const calls = 25

/** Milliseconds of a call that changes something, in turns. */
export async function keeping(folder: string) {
  const file = join(folder, 'kept.yaml')
  writeFileSync(file, largeWorldText())
  const labs = [await labOf(file), await labOf(file, '--state', join(folder, 'kept.lab'))] as const
  try {
    const [plain, kept] = labs.map(({ url }) => tagger(url))
    const taken: Record<'plain' | 'kept', number[]> = { plain: [], kept: [] }
    for (let index = 0; index < calls; index++) {
      taken.plain.push((await plain?.(index)) ?? Number.NaN)
      taken.kept.push((await kept?.(index)) ?? Number.NaN)
    }
    return {
      snapshots: 10_000,
      plainMs: round(median(taken.plain)),
      keptMs: round(median(taken.kept)),
      aim: '≤ 50 ms with a state file',
    }
  } finally {
    for (const { child } of labs) child.kill()
  }
}

function tagger(endpoint: string) {
  const client = new RedshiftClient({
    endpoint,
    region,
    credentials: {
      accessKeyId: credentials.AWS_ACCESS_KEY_ID,
      secretAccessKey: credentials.AWS_SECRET_ACCESS_KEY,
    },
  })
  const ResourceName = `arn:aws:redshift:${region}:${account}:cluster:warehouse-1`
  return async (index: number) => {
    const begun = performance.now()
    await client.send(new CreateTagsCommand({ ResourceName, Tags: [{ Key: 'round', Value: String(index) }] }))
    return performance.now() - begun
  }
}
