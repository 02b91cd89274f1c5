// How an example of each type is turned into seeds of the lab, one file a type.

import type { Example } from '#model/practice.ts'
import type { ResourceType } from '#model/resource.ts'
import type { Seed } from '../world.ts'
import { copyGrant, datashare, hsmConfiguration, logGroup } from './around.ts'
import { bucket } from './bucket.ts'
import { cluster } from './cluster.ts'
import { key } from './key.ts'
import { namespace } from './namespace.ts'
import { region } from './region.ts'
import { serverlessSnapshot } from './serverless-snapshot.ts'
import { snapshot } from './snapshot.ts'
import { workgroup } from './workgroup.ts'

/** The seeders by type. */
export const seeders: { [T in ResourceType]?: (example: Example<T>) => Seed } = {
  'redshift:cluster': cluster,
  'redshift:snapshot': snapshot,
  'kms:key': key,
  's3:bucket': bucket,
  'account:region': region,
  'redshift:datashare': datashare,
  'redshift:copy-grant': copyGrant,
  'redshift:hsm-configuration': hsmConfiguration,
  'logs:log-group': logGroup,
  'redshift-serverless:workgroup': workgroup,
  'redshift-serverless:namespace': namespace,
  'redshift-serverless:snapshot': serverlessSnapshot,
}
