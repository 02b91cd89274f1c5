// What a lab for Redshift must get right, rule by rule, and the tests that fail once the lab no longer does.

/** A rule and the tests that hold it, by file below src/lab/services/redshift/ (or src/lab/, with a slash before). */
export type Rule = { says: string; heldBy: Record<string, string[]> }

/** The rules, numbered from one. */
export const rules: readonly Rule[] = [
  {
    says: 'A static parameter that changes waits, `pending-reboot`, on every attached cluster until RebootCluster; so does every parameter of another group.',
    heldBy: {
      'parameter-groups.test.ts': [
        'a changed parameter waits for the reboot, and only that one',
        'time alone does not apply it',
        'another group makes every parameter wait',
        'every cluster of a group waits for a reboot of its own, and clusters of other groups do not',
        'a region holds twenty groups',
        'a default group cannot be changed, and a request holds twenty parameters',
      ],
    },
  },
  {
    says: 'RebootCluster goes through `rebooting` to `available` and applies what is pending; with a root key that cannot be used it fails.',
    heldBy: {
      'parameter-groups.test.ts': ['the reboot does, and takes a while'],
      'clusters.test.ts': ['a reboot applies everything that is pending, whoever asked for it'],
      'keys/keys.test.ts': [
        'is found out at once by a reboot, which fails',
        'makes the cluster inaccessible within the hour, and accessible again within 14 days',
        'without Redshift’s grant counts as unusable, and after 14 days the cluster is gone, its manual snapshots not',
      ],
    },
  },
  {
    says: 'Encryption changes by `resizing`, is pending until then, is refused while snapshots are copied, and the next automated snapshot confirms it; a new cluster cannot go without.',
    heldBy: {
      'lifecycle/modify.test.ts': [
        'encrypting migrates the cluster; the first snapshot afterwards confirms it',
        'snapshot copy must be off to change encryption or the name of an encrypted cluster',
      ],
      'snapshots/automated.test.ts': ['a cluster that is being encrypted takes none'],
      'lifecycle/create.test.ts': [
        'a new cluster is private, encrypted and in redshift-2.0, and gets its endpoint when it is available',
      ],
    },
  },
  {
    says: 'RotateEncryptionKey shows `rotating-keys`, renews the keys it says and no others, and is refused without encryption.',
    heldBy: {
      'keys/keys.test.ts': [
        'RotateEncryptionKey renews CEK and DEK of the cluster, of its snapshots the CEK alone, and touches no block',
        'RotateEncryptionKey is refused for a cluster without encryption',
      ],
    },
  },
  {
    says: 'EnableLogging looks at the bucket, its region and its policy; the status says no destination type for S3, and how deliveries failed.',
    heldBy: {
      'logging/logging.test.ts': [
        'the bucket %s is not in the region',
        'to a bucket: the type of destination is not said, deliveries come hourly',
        'in regions to opt in to the policy names the principal of the region',
      ],
      'logging/delivery.test.ts': [
        'every hour goes as the bucket is at that hour; what failed does not come later',
        'a bucket that somebody else has made again under its name takes no logs',
        'the activity log is there only while its parameter is in force, which takes a reboot',
      ],
    },
  },
  {
    says: 'Snapshots: retention and Force, what may be deleted, partial errors of batches, a hundred at once, what a cluster takes along, copies and their regions.',
    heldBy: {
      'snapshots/manual.test.ts': [
        'an automated one and one that is shared are refused',
        'deleting tells what failed and does the rest',
        'a hundred at most',
        'its data is of then, its retention counts from now',
        'a region holds 700 of them',
      ],
      'snapshots/operations.test.ts': [
        'a period that has passed already is refused, and deletes when forced',
      ],
      'snapshots/automated.test.ts': [
        'a shorter retention deletes at once, but never the newest',
        'the newest outlives its retention until there is a newer one',
        'switched off, all of them go, the newest too',
      ],
      'lifecycle/create.test.ts': [
        'a deleted cluster takes its automated snapshots along; the final one stays as long as it was told',
        'a final snapshot of which nobody says how long it is kept stays for ever',
      ],
      'copies/copies.test.ts': [
        'of a manual snapshot arrives minutes later, under the key of the grant',
        'has authorizations of its own, in its region',
        'nothing is copied any more; copies stay until their retention is over',
      ],
    },
  },
  {
    says: 'Sharing: 20 accounts a snapshot and 100 authorizations a key, nobody twice, never automated ones or the owner, AWS Support by its alias; it is worth what the key allows.',
    heldBy: {
      'snapshots/operations.test.ts': [
        'a snapshot is shared with twenty accounts at most',
        'the owner itself, something that is no account, and a snapshot of others are refused',
        'the owner sees with whom, AWS Support by its alias',
        'AWS Support can be let in and out',
        'a snapshot is shared when it is complete',
        'the other account sees what is shared with it when it names the owner, but not with whom',
      ],
      'snapshots/sharing.test.ts': [
        'bears a hundred authorizations over all its snapshots',
        'the copy of an automated snapshot cannot be shared',
        'must be known to whoever shares',
      ],
      'lifecycle/restore.test.ts': [
        'a share without the key is no use',
        'a key may let another account in through Redshift alone, for this snapshot alone',
        'whoever restores must be allowed to decrypt, also in the owner’s account',
      ],
    },
  },
  {
    says: 'Errors have the codes and statuses that the API Reference lists.',
    heldBy: {
      '/fidelity/codes.test.ts': [
        '%s is sent as %s with %i',
        'no page is smaller than 20 or larger than 100',
      ],
    },
  },
  {
    says: 'Messages that somebody has recorded are those.',
    heldBy: { '/fidelity/codes.test.ts': ['recorded messages are those of AWS'] },
  },
  {
    says: '`default.redshift-1.0` and `default.redshift-2.0` are both there.',
    heldBy: { 'parameter-groups.test.ts': ['both default groups are there and differ in require_ssl'] },
  },
]

/** Where a test file of a rule lies in the checkout. */
export function pathOf(file: string): string {
  return file.startsWith('/') ? `src/lab${file}` : `src/lab/services/redshift/${file}`
}

/** The rules as rows of a table. */
export function ruleRows(): string[][] {
  return rules.map(({ says, heldBy }, index) => [
    `${index + 1}. ${says}`,
    Object.entries(heldBy)
      .flatMap(([file, tests]) => tests.map((test) => `[${test}](../${pathOf(file)})`))
      .join('<br>'),
  ])
}
