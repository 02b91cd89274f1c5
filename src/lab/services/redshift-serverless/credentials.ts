// Temporary credentials of the database.

import type * as client from '@aws-sdk/client-redshift-serverless'
import { second } from '#kit/time.ts'
import { newHex } from '#lab/ids.ts'
import { databaseUser } from '#lab/services/redshift/credentials/user.ts'
import { isReserved } from '#lab/services/redshift/reserved-words.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { checkRange } from './checks.ts'
import { invalid, notFound } from './errors.ts'
import { getWorkgroup } from './find.ts'

export const credentialOperations = {
  GetCredentials(input, { state, region, principal, now }) {
    const { workgroupName, customDomainName, durationSeconds = 900, dbName } = input
    checkRange(durationSeconds, 'durationSeconds', 900, 3_600)
    if (customDomainName !== undefined) throw notFound('custom domain association', customDomainName)
    // "The custom domain name or the workgroup name must be included in the request" (API). Unverified: wording.
    if (workgroupName === undefined) throw invalid('Specify either workgroupName or customDomainName.')
    if (dbName !== undefined && (!/^[A-Za-z_][\w@.$-]{0,63}$/.test(dbName) || isReserved(dbName)))
      throw invalid(`The database name ${dbName} isn't valid.`)
    getWorkgroup(region, workgroupName)
    const expiration = new Date(now + durationSeconds * second)
    return {
      dbUser: databaseUser(principal.arn),
      // Unverified: what a password looks like.
      dbPassword: Buffer.from(newHex(state, 64), 'hex').toString('base64'),
      expiration,
      // Unverified: that it is refreshed no sooner.
      nextRefreshTime: expiration,
    }
  },
} satisfies Operations<typeof client>
