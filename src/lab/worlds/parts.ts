// What the worlds are put together from: clusters and snapshots as a company has them, and where their logs go.

import type { AccessKeySeed, ClusterSeed, Denial, SnapshotSeed } from '../world.ts'

/** The company's accounts: where the warehouses run, and where the analysts play. */
export const warehouse = '111122223333'
export const lake = '444455556666'

/** Accounts that nobody in the company knows. */
export const stranger = '999988887777'
export const formerPartner = '777766665555'

/** How a share with AWS Support is shown. */
export const support = { AccountAlias: 'amazon-redshift-support' }

/** The key of an account: its id ends in a number, its secret says that it is none. */
export function accessKey(number: number, user: string, denied: Denial[] = []): AccessKeySeed {
  return {
    id: `AKIALAB${String(number).padStart(13, '0')}`,
    secret: `lab-secret-of-${user}`,
    user,
    ...(denied.length > 0 ? { denied } : {}),
  }
}

/** A parameter group of the old family; what is not said of TLS is the family's default, which is off. */
export function group(ParameterGroupName: string, require_ssl?: string) {
  return {
    ParameterGroupName,
    ParameterGroupFamily: 'redshift-1.0',
    ...(require_ssl ? { values: { require_ssl } } : {}),
  }
}

/** An audit log that arrives in a bucket; when it last did, half an hour ago unless said otherwise. */
export function toBucket(name: string, lastDelivery = '-30m', more: Logging = {}): Logging {
  return { LoggingEnabled: true, BucketName: name, LastSuccessfulDeliveryTime: lastDelivery, ...more }
}

/** An audit log that arrives in CloudWatch Logs, all of it unless said otherwise. */
export function toCloudWatch(logs = ['connectionlog', 'useractivitylog', 'userlog'], lastDelivery = '-30m') {
  return {
    LoggingEnabled: true,
    LogDestinationType: 'cloudwatch' as const,
    LogExports: logs,
    LastSuccessfulDeliveryTime: lastDelivery,
  }
}

type Logging = NonNullable<ClusterSeed['logging']>

/** The latest automated snapshots of a cluster, every eight hours as AWS takes them, the newest so many hours old. */
export function automated(cluster: string, newestHours: number, count = 3): SnapshotSeed[] {
  return Array.from({ length: count }, (_, index) => {
    const hours = newestHours + index * 8
    return {
      SnapshotIdentifier: `rs:${cluster}-${String(hours).padStart(4, '0')}h-ago`,
      ClusterIdentifier: cluster,
      SnapshotCreateTime: `-${hours}h`,
    }
  })
}

/** A manual snapshot that is kept for so many days; -1 for ever. */
export function manual(
  cluster: string,
  name: string,
  takenAt: string,
  days: number,
  more: Partial<SnapshotSeed> = {},
): SnapshotSeed {
  return {
    SnapshotIdentifier: name,
    ClusterIdentifier: cluster,
    SnapshotCreateTime: takenAt,
    ManualSnapshotRetentionPeriod: days,
    ...more,
  }
}

/** Accounts that a snapshot is shared with. */
export function sharedWith(...accounts: ({ AccountAlias: string } | string)[]) {
  return {
    AccountsWithRestoreAccess: accounts.map((account) =>
      typeof account === 'string' ? { AccountId: account } : account,
    ),
  }
}
