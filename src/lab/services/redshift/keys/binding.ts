// What KMS binds the keys of a cluster to.

import { arnIn, type Region } from '#lab/state.ts'

/** A cluster as its keys know it. */
export type Named = { id: string; createdAt: number }

/** `aws:redshift:createtime = 20150206T1832Z` (KMS Developer Guide, services-redshift). */
export function encryptionContextOf(region: Region, { id, createdAt }: Named): Record<string, string> {
  const moment = new Date(createdAt).toISOString().slice(0, 16).replace(/[-:]/g, '')
  return {
    'aws:redshift:arn': arnIn(region, 'redshift', `cluster:${id}`),
    'aws:redshift:createtime': `${moment}Z`,
  }
}
