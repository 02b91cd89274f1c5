// Requirements of other catalogues that practices answer to. Only mappings that a source states.
// Security Hub: https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html
// Prowler: prowler/providers/aws/services/redshift in prowler-cloud/prowler, read at 3e000faa.

export const controls: Readonly<Record<string, string>> = {
  'security-hub/Redshift.2': 'Connections to Amazon Redshift clusters should be encrypted in transit',
  'security-hub/Redshift.3': 'Amazon Redshift clusters should have automatic snapshots enabled',
  'security-hub/Redshift.4': 'Amazon Redshift clusters should have audit logging enabled',
  'security-hub/Redshift.10': 'Redshift clusters should be encrypted at rest',
  'prowler/redshift_cluster_in_transit_encryption_enabled': 'Redshift cluster is encrypted in transit',
  'prowler/redshift_cluster_encrypted_at_rest': 'Redshift cluster is encrypted at rest',
  'prowler/redshift_cluster_automated_snapshot': 'Redshift cluster has automated snapshots',
  'prowler/redshift_cluster_audit_logging': 'Redshift cluster has audit logging enabled',
}
