// Snapshots that AWS Backup takes and keeps.

/**
 * True for the name of one. "Once you use AWS Backup to manage snapshot settings, you can't continue to manage manual
 * snapshot settings using Amazon Redshift" (managing-aws-backup). Unverified: how AWS Backup calls them; no name that a
 * person gives has a colon (API, CreateClusterSnapshot).
 */
export const isOfAwsBackup = (name: string | undefined): boolean => name?.startsWith('awsbackup:') ?? false

/** What is to be done about the retention of one. */
export const keptByAwsBackup = 'AWS Backup keeps it: set its retention in the backup plan that took it'
