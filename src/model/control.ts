// Requirements of other catalogues that practices answer to. Only mappings that a source states.
// Security Hub: https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html
// and redshiftserverless-controls.html beside it, which names the AWS Config rule of each.
// Prowler: prowler/providers/aws/services/redshift in prowler-cloud/prowler, read at 3e000faa.

export const controls: Readonly<Record<string, string>> = {
  'security-hub/Redshift.2': 'Connections to Amazon Redshift clusters should be encrypted in transit',
  'security-hub/Redshift.3': 'Amazon Redshift clusters should have automatic snapshots enabled',
  'security-hub/Redshift.4': 'Amazon Redshift clusters should have audit logging enabled',
  'security-hub/Redshift.10': 'Redshift clusters should be encrypted at rest',
  'security-hub/RedshiftServerless.1': 'Redshift Serverless workgroups should use enhanced VPC routing',
  'security-hub/RedshiftServerless.2':
    'Connections to Redshift Serverless workgroups should be required to use SSL',
  'security-hub/RedshiftServerless.3': 'Redshift Serverless workgroups should prohibit public access',
  'security-hub/RedshiftServerless.4':
    'Redshift Serverless namespaces should be encrypted with customer managed keys',
  'security-hub/RedshiftServerless.5':
    'Redshift Serverless namespaces should not use the default admin username',
  'security-hub/RedshiftServerless.6': 'Redshift Serverless namespaces should export logs to CloudWatch Logs',
  'nist-800-53-r5/SC-12(2)': 'Cryptographic key establishment and management: symmetric keys',
  'aws-config/redshift-serverless-workgroup-routes-within-vpc': 'Workgroups have enhanced VPC routing',
  'aws-config/redshift-serverless-workgroup-encrypted-in-transit': 'Workgroups require TLS',
  'aws-config/redshift-serverless-workgroup-no-public-access': 'Workgroups are not publicly accessible',
  'aws-config/redshift-serverless-namespace-cmk-encryption':
    'Namespaces are encrypted with a customer-managed key',
  'aws-config/redshift-serverless-default-admin-check': 'Administrators of namespaces have another name',
  'aws-config/redshift-serverless-default-db-name-check': 'Databases of namespaces have another name',
  'aws-config/redshift-serverless-publish-logs-to-cloudwatch': 'Namespaces export their audit logs',
  'prowler/redshift_cluster_in_transit_encryption_enabled': 'Redshift cluster is encrypted in transit',
  'prowler/redshift_cluster_encrypted_at_rest': 'Redshift cluster is encrypted at rest',
  'prowler/redshift_cluster_automated_snapshot': 'Redshift cluster has automated snapshots',
  'prowler/redshift_cluster_audit_logging': 'Redshift cluster has audit logging enabled',
  'security-hub/Redshift.1': 'Amazon Redshift clusters should prohibit public access',
  'security-hub/Redshift.6': 'Amazon Redshift should have automatic upgrades to major versions enabled',
  'security-hub/Redshift.7': 'Redshift clusters should use enhanced VPC routing',
  'security-hub/Redshift.8': 'Amazon Redshift clusters should not use the default admin username',
  'security-hub/Redshift.15':
    'Redshift security groups should allow ingress on the cluster port only from restricted origins',
  'security-hub/Redshift.18': 'Redshift clusters should have Multi-AZ deployments enabled',
  'aws-config/redshift-cluster-public-access-check': 'Clusters are not publicly accessible',
  'aws-config/redshift-enhanced-vpc-routing-enabled': 'Clusters have enhanced VPC routing',
  'aws-config/redshift-cluster-maintenancesettings-check': 'Clusters have the wanted maintenance settings',
  'aws-config/redshift-cluster-multi-az-enabled': 'Clusters run in several zones',
  'aws-config/redshift-default-admin-check': 'Administrators of clusters have another name',
  'aws-config/redshift-default-db-name-check': 'First databases of clusters have another name',
  'aws-config/redshift-unrestricted-port-access':
    'Security groups do not open the port of clusters to everybody',
  'prowler/redshift_cluster_public_access': 'Redshift cluster is not publicly accessible',
  'prowler/redshift_cluster_enhanced_vpc_routing': 'Redshift cluster has enhanced VPC routing',
  'prowler/redshift_cluster_automatic_upgrades': 'Redshift cluster has automatic upgrades',
  'prowler/redshift_cluster_multi_az_enabled': 'Redshift cluster has Multi-AZ',
  'prowler/redshift_cluster_non_default_username': 'Redshift cluster has another administrator name',
  'prowler/redshift_cluster_non_default_database_name': 'Redshift cluster has another database name',
  'pci-dss-4.0.1/1.4.4':
    'System components that store cardholder data are not directly accessible from untrusted networks',
  'pci-dss-4.0.1/1.3.1': 'Inbound traffic to the cardholder data environment is restricted',
  'security-hub/Redshift.11': 'Redshift clusters should be tagged',
  'security-hub/Redshift.12': 'Redshift event subscriptions should be tagged',
  'security-hub/Redshift.13': 'Redshift cluster snapshots should be tagged',
  'security-hub/Redshift.14': 'Redshift cluster subnet groups should be tagged',
  'security-hub/Redshift.17': 'Redshift cluster parameter groups should be tagged',
  'security-hub/Redshift.16':
    'Redshift cluster subnet groups should have subnets from multiple Availability Zones',
  'aws-config/redshift-cluster-subnet-group-multi-az': 'Subnet groups span zones',
}
