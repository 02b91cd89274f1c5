// The events that AWS publishes about clusters, parameter groups and snapshots, as far as they happen in the lab.
// Ids, categories, severities and texts: Management Guide, working-with-event-notifications (2026).

import type { SourceType } from '@aws-sdk/client-redshift'

/** One kind of event; `{cluster}`, `{time}` and the like stand for what differs. */
export type EventText = {
  source: SourceType
  category: 'Configuration' | 'Management' | 'Monitoring' | 'Security' | 'Pending'
  severity: 'INFO' | 'ERROR'
  text: string
}

const applied =
  'If you changed only dynamic parameters, associated clusters are being modified now. If you changed static parameters, all updates, including dynamic parameters, will be applied when you reboot the associated clusters.'

/** Every kind, by the number of its id: `REDSHIFT-EVENT-2000`. */
export const eventTexts = {
  '1000': cluster('Configuration', `The parameter group {group} was updated at {time}. ${applied}`),
  '1001': cluster(
    'Configuration',
    'Your Amazon Redshift cluster {cluster} was modified to use parameter group {group} at {time}.',
  ),
  '1002': group('The parameter {parameter} was updated from {from} to {to} at {time}.'),
  '1003': group('Cluster parameter group {group} was created.'),
  '1004': group('Cluster parameter group {group} was deleted.'),
  '1005': group(`Cluster parameter group {group} was updated at {time}. ${applied}`),
  '2000': cluster(
    'Management',
    'Your Amazon Redshift cluster: {cluster} has been created and is ready for use.',
  ),
  '2001': cluster(
    'Management',
    'Your Amazon Redshift cluster {cluster} was deleted at {time}. A final snapshot {saved} saved.',
  ),
  '2002': cluster('Management', 'VPC security groups for cluster {cluster} updated at {time}.'),
  '2003': cluster('Management', 'Maintenance started on cluster {cluster} at {time}.'),
  '2004': cluster('Management', 'Maintenance on cluster {cluster} completed at {time}.'),
  '2006': cluster('Management', 'Cluster {cluster} resize started at {time}. Cluster is in read-only mode.'),
  '2007': cluster('Management', 'A resize request for cluster {cluster} has been acknowledged.'),
  '2008': cluster(
    'Management',
    'Your restore operation to create a new Amazon Redshift cluster {cluster} snapshot {snapshot} was started at {time}. To monitor restore progress, please visit the AWS Management Console.',
  ),
  '2009': snapshot(
    'Management',
    'A user snapshot {snapshot} for Amazon Redshift Cluster {cluster} started at {time}. To monitor snapshot progress, please visit the AWS Management Console.',
  ),
  '2010': snapshot(
    'Management',
    'The user snapshot {snapshot} for your Amazon Redshift cluster {cluster} was cancelled at {time}.',
  ),
  '2011': snapshot(
    'Management',
    'The user snapshot {snapshot} for Amazon Redshift cluster {cluster} was deleted at {time}.',
  ),
  '2012': snapshot(
    'Management',
    'The final snapshot {snapshot} for Amazon Redshift cluster {cluster} was started at {time}.',
  ),
  '2013': cluster('Management', 'Your Amazon Redshift cluster {cluster} was renamed at {time}.'),
  '2014': cluster(
    'Management',
    'A table restore request for Amazon Redshift cluster {cluster} has been received.',
  ),
  '2020': cluster(
    'Management',
    "Your Amazon Redshift cluster {cluster}'s track has been modified from {from} to {to}.",
  ),
  '2026': cluster(
    'Pending',
    'Your cluster {cluster} will be updated between {from} and {to}. Your cluster will not be accessible. Plan accordingly.',
  ),
  '2050': cluster(
    'Monitoring',
    'A hardware issue was detected on Amazon Redshift cluster {cluster}. A replacement request was initiated at {time}.',
  ),
  '3000': cluster('Monitoring', 'Your Amazon Redshift cluster {cluster} was rebooted at {time}.'),
  '3001': cluster(
    'Monitoring',
    'A node on your Amazon Redshift cluster: {cluster} was automatically replaced at {time}, and your cluster is operating normally.',
  ),
  '3002': cluster(
    'Monitoring',
    'The resize for your Amazon Redshift cluster {cluster} is complete and your cluster is available for reads and writes. The resize was initiated at {started} and took {hours} hours to complete.',
  ),
  '3003': cluster(
    'Monitoring',
    'Amazon Redshift cluster {cluster} was successfully created from snapshot {snapshot} and is available for use.',
  ),
  '3004': snapshot(
    'Monitoring',
    'The user snapshot {snapshot} for your Amazon Redshift cluster {cluster} completed successfully at {time}.',
  ),
  '3005': snapshot(
    'Monitoring',
    'The final snapshot {snapshot} for Amazon Redshift cluster {cluster} completed successfully at {time}.',
  ),
  '3007': cluster(
    'Monitoring',
    'Your Amazon Redshift snapshot {snapshot} was copied successfully from {from} to {to} at {time}.',
  ),
  '3008': cluster('Monitoring', 'Table restore started for Amazon Redshift cluster {cluster} at {time}.'),
  '3009': cluster(
    'Monitoring',
    'Table restore completed successfully for Amazon Redshift cluster {cluster} at {time}.',
  ),
  '3011': cluster(
    'Management',
    "Elastic resize for Amazon Redshift cluster '{cluster}' started at {time}. We will hold the database connections during resize. Some queries and connections may be terminated or timed out during this operation.",
  ),
  '3012': cluster(
    'Management',
    "We have received an elastic resize request for the cluster '{cluster}' started at {time}. We will provide an event notification when resize begins.",
  ),
  '3503': snapshot(
    'Monitoring',
    'The user snapshot {snapshot} for your Amazon Redshift cluster {cluster} failed at {time}. The team is investigating the issue. Please visit the AWS Management Console to retry the operation.',
    'ERROR',
  ),
  '3504': cluster(
    'Monitoring',
    'The Amazon S3 bucket {bucket} is not valid for logging for cluster {cluster}.',
    'ERROR',
  ),
  '3505': cluster(
    'Monitoring',
    'The Amazon S3 bucket {bucket} does not have the correct IAM policies for cluster {cluster}.',
    'ERROR',
  ),
  '3506': cluster(
    'Monitoring',
    'The Amazon S3 bucket {bucket} does not exist. Logging cannot continue for cluster {cluster}.',
    'ERROR',
  ),
  '3509': cluster('Monitoring', 'Cross-region snapshot copy is not enabled for cluster {cluster}.', 'ERROR'),
  '3519': cluster('Monitoring', 'Cluster {cluster} began restart at {time}.'),
  '3520': cluster('Monitoring', 'Cluster {cluster} completed restart at {time}.'),
  '3534': cluster(
    'Monitoring',
    "The elastic resize for Amazon Redshift cluster '{cluster}' completed at {time}. The cluster is now available for read and write operations while we transfer data. Some queries may take longer to finish until data transfer is complete.",
  ),
  '3537': cluster('Monitoring', "Cluster '{cluster}' data transfer completed at {time}."),
  '3600': cluster(
    'Monitoring',
    "The requested resize operation for Amazon Redshift cluster '{cluster}' was cancelled in the past. Rollback was completed at {time}.",
  ),
  // The guide lists these among the clusters'; SourceType has a value of its own. Unverified: which of them AWS shows.
  '3614': action(
    'Management',
    'The scheduled action {action} was created at {time}. The first invocation is scheduled at {next}.',
  ),
  '3615': action('Management', 'The scheduled action {action} is scheduled at {next}.'),
  '3616': action('Monitoring', "The scheduled action {action} at {time} finished with 'SUCCEEDED' status."),
  '3618': cluster('Monitoring', 'The cluster {cluster} pause operation started at {time}. Pause Started'),
  '3619': cluster('Monitoring', 'Amazon Redshift cluster {cluster} was successfully paused at {time}.'),
  '3626': action(
    'Management',
    'The scheduled action {action} was modified at {time}. The first invocation is scheduled at {next}.',
  ),
  '3627': action('Management', 'The scheduled action {action} was deleted at {time}.'),
  '3628': action(
    'Monitoring',
    "The scheduled action {action} at {time} finished with 'FAILED' status.",
    'ERROR',
  ),
  '3631': cluster(
    'Management',
    'Amazon Redshift {cluster} received your relocation request. When Availability Zone relocation completes, Amazon Redshift sends an event notification.',
  ),
  '3632': cluster(
    'Monitoring',
    'Amazon Redshift cluster {cluster} was successfully relocated from {from} to {to}. You can use the cluster now.',
  ),
  '3666': cluster(
    'Management',
    'Amazon Redshift Multi-AZ cluster {cluster} has detected a failure at {time} and triggered an automatic recovery.',
  ),
  '3669': cluster(
    'Management',
    'Amazon Redshift Multi-AZ cluster {cluster} successfully recovered at {time} and is available for use with compute resources from both {from} and {to}.',
  ),
  '3673': cluster(
    'Management',
    'The operation to enable Multi-AZ for Amazon Redshift cluster {cluster} has started at {time}.',
  ),
  '3674': cluster(
    'Management',
    'The operation to enable Multi-AZ for Amazon Redshift cluster {cluster} has successfully completed at {time}.',
  ),
  '3676': cluster(
    'Management',
    'The operation to disable Multi-AZ for your Amazon Redshift Multi-AZ cluster {cluster} has started at {time}.',
  ),
  '3677': cluster(
    'Management',
    'The operation to disable Multi-AZ for your Amazon Redshift cluster {cluster} has successfully completed at {time}.',
  ),
  '3679': cluster('Configuration', 'The port of Amazon Redshift cluster {cluster} modified successfully.'),
  '3684': cluster(
    'Monitoring',
    'Your Amazon S3 bucket {bucket} has been encrypted with an unknown or inaccessible AWS KMS key. Modify the encryption of your Amazon S3 bucket.',
    'ERROR',
  ),
  '3687': cluster(
    'Management',
    'The requested resize operation for Amazon Redshift cluster {cluster} completed at {time}.',
  ),
  '3688': cluster(
    'Security',
    'The encryption key rotation for your Amazon Redshift cluster {cluster} was not able to complete.',
    'ERROR',
  ),
  '4000': cluster(
    'Security',
    'Your admin credentials for your Amazon Redshift cluster: {cluster} were updated at {time}.',
  ),
  '4005': cluster(
    'Security',
    'Cluster {cluster} has invalid AWS KMS key permissions. Your cluster will enter an "INACCESSIBLE_KMS_KEY" state and you will no longer be able to access it.',
    'ERROR',
  ),
  '4006': cluster(
    'Security',
    'Cluster {cluster} has now been restored to its previous state because AWS KMS key permissions have been restored.',
  ),
} satisfies Record<string, EventText>

function cluster(
  category: EventText['category'],
  text: string,
  severity: EventText['severity'] = 'INFO',
): EventText {
  return { source: 'cluster', category, severity, text }
}

function snapshot(
  category: EventText['category'],
  text: string,
  severity: EventText['severity'] = 'INFO',
): EventText {
  return { source: 'cluster-snapshot', category, severity, text }
}

function action(
  category: EventText['category'],
  text: string,
  severity: EventText['severity'] = 'INFO',
): EventText {
  return { source: 'scheduled-action', category, severity, text }
}

function group(text: string): EventText {
  return { source: 'cluster-parameter-group', category: 'Configuration', severity: 'INFO', text }
}
