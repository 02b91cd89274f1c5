// Requirements of other catalogues that practices answer to. Only mappings that a source states.

/**
 * A control of Security Hub: its title, the AWS Config rule behind it unless that is Security Hub's own, and the NIST
 * SP 800-53 r5 and PCI DSS v4.0.1 requirements that its page lists under "Related requirements".
 */
type HubControl = { title: string; rule?: string; nist?: string; pci?: string }

// Its pages: https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html, and beside it
// redshiftserverless-, kms-, cloudtrail-, cloudwatch-, s3- and iam-controls.html, in copies of public repositories, read 2026-11-27.
const hubControls = {
  'Redshift.1': {
    title: 'Amazon Redshift clusters should prohibit public access',
    rule: 'redshift-cluster-public-access-check',
    nist: 'AC-21 AC-3 AC-3(7) AC-4 AC-4(21) AC-6 SC-7 SC-7(11) SC-7(16) SC-7(20) SC-7(21) SC-7(3) SC-7(4) SC-7(9)',
    pci: '1.4.4',
  },
  'Redshift.2': {
    title: 'Connections to Amazon Redshift clusters should be encrypted in transit',
    rule: 'redshift-require-tls-ssl',
    nist: 'AC-4 SC-13 SC-23 SC-23(3) SC-7(4) SC-8 SC-8(1) SC-8(2)',
    pci: '4.2.1',
  },
  'Redshift.3': {
    title: 'Amazon Redshift clusters should have automatic snapshots enabled',
    rule: 'redshift-backup-enabled',
    nist: 'CP-10 CP-6 CP-6(1) CP-6(2) CP-9 SC-5(2) SC-7(10) SI-13(5)',
  },
  'Redshift.4': {
    title: 'Amazon Redshift clusters should have audit logging enabled',
    nist: 'AC-2(4) AC-4(26) AC-6(9) AU-10 AU-12 AU-2 AU-3 AU-6(3) AU-6(4) CA-7 SC-7(9) SI-3(8) SI-4(20) SI-7(8)',
    pci: '10.2.1',
  },
  'Redshift.6': {
    title: 'Amazon Redshift should have automatic upgrades to major versions enabled',
    rule: 'redshift-cluster-maintenancesettings-check',
    nist: 'CA-9(1) CM-2 CP-9 SC-5(2) SI-2 SI-2(2) SI-2(4) SI-2(5)',
  },
  'Redshift.7': {
    title: 'Redshift clusters should use enhanced VPC routing',
    rule: 'redshift-enhanced-vpc-routing-enabled',
    nist: 'AC-4 AC-4(21) SC-7 SC-7(11) SC-7(20) SC-7(21) SC-7(4) SC-7(9)',
  },
  'Redshift.8': {
    title: 'Amazon Redshift clusters should not use the default Admin username',
    rule: 'redshift-default-admin-check',
    nist: 'CA-9(1) CM-2',
  },
  'Redshift.10': {
    title: 'Redshift clusters should be encrypted at rest',
    rule: 'redshift-cluster-kms-enabled',
    nist: 'CA-9(1) CM-3(6) SC-13 SC-28 SC-28(1) SI-7(6)',
  },
  'Redshift.11': { title: 'Redshift clusters should be tagged' },
  'Redshift.12': { title: 'Redshift event notification subscriptions should be tagged' },
  'Redshift.13': { title: 'Redshift cluster snapshots should be tagged' },
  'Redshift.14': { title: 'Redshift cluster subnet groups should be tagged' },
  'Redshift.15': {
    title: 'Redshift security groups should allow ingress on the cluster port only from restricted origins',
    rule: 'redshift-unrestricted-port-access',
    pci: '1.3.1',
  },
  'Redshift.16': {
    title: 'Redshift cluster subnet groups should have subnets from multiple Availability Zones',
    rule: 'redshift-cluster-subnet-group-multi-az',
  },
  'Redshift.17': {
    title: 'Redshift cluster parameter groups should be tagged',
    rule: 'redshift-cluster-parameter-group-tagged',
  },
  'Redshift.18': {
    title: 'Redshift clusters should have Multi-AZ deployments enabled',
    rule: 'redshift-cluster-multi-az-enabled',
  },
  'RedshiftServerless.1': {
    title: 'Amazon Redshift Serverless workgroups should use enhanced VPC routing',
    rule: 'redshift-serverless-workgroup-routes-within-vpc',
  },
  'RedshiftServerless.2': {
    title: 'Connections to Redshift Serverless workgroups should be required to use SSL',
    rule: 'redshift-serverless-workgroup-encrypted-in-transit',
  },
  'RedshiftServerless.3': {
    title: 'Redshift Serverless workgroups should prohibit public access',
    rule: 'redshift-serverless-workgroup-no-public-access',
  },
  'RedshiftServerless.4': {
    title: 'Redshift Serverless namespaces should be encrypted with customer managed AWS KMS keys',
    rule: 'redshift-serverless-namespace-cmk-encryption',
    nist: 'AU-9 CA-9(1) CM-3(6) SC-7(10) SC-12(2) SC-13 SC-28 SC-28(1) SI-7(6)',
  },
  'RedshiftServerless.5': {
    title: 'Redshift Serverless namespaces should not use the default admin username',
    rule: 'redshift-serverless-default-admin-check',
  },
  'RedshiftServerless.6': {
    title: 'Redshift Serverless namespaces should export logs to CloudWatch Logs',
    rule: 'redshift-serverless-publish-logs-to-cloudwatch',
  },
  'CloudTrail.1': {
    title:
      'CloudTrail should be enabled and configured with at least one multi-Region trail that includes read and write management events',
    rule: 'multi-region-cloudtrail-enabled',
    nist: 'AC-2(4) AC-4(26) AC-6(9) AU-10 AU-12 AU-2 AU-3 AU-6(3) AU-6(4) AU-14(1) CA-7 SC-7(9) SI-3(8) SI-4(20) SI-7(8) SA-8(22)',
  },
  'CloudWatch.16': {
    title: 'CloudWatch log groups should be retained for a specified time period',
    rule: 'cw-loggroup-retention-period-check',
    nist: 'AU-10 AU-11 AU-6(3) AU-6(4) CA-7 SI-12',
  },
  'IAM.21': {
    title: 'IAM customer managed policies that you create should not allow wildcard actions for services',
    rule: 'iam-policy-no-statements-with-full-access',
    nist: 'AC-2 AC-2(1) AC-3 AC-3(15) AC-3(7) AC-5 AC-6 AC-6(10) AC-6(2) AC-6(3)',
  },
  'KMS.3': {
    title: 'AWS KMS keys should not be deleted unintentionally',
    nist: 'SC-12 SC-12(2)',
  },
  'KMS.4': {
    title: 'AWS KMS key rotation should be enabled',
    rule: 'cmk-backing-key-rotation-enabled',
    nist: 'SC-12 SC-12(2) SC-28(3)',
    pci: '3.7.4',
  },
  'S3.2': {
    title: 'S3 general purpose buckets should block public read access',
    rule: 's3-bucket-public-read-prohibited',
    nist: 'AC-21 AC-3 AC-3(7) AC-4 AC-4(21) AC-6 SC-7 SC-7(11) SC-7(16) SC-7(20) SC-7(21) SC-7(3) SC-7(4) SC-7(9)',
  },
  'S3.3': {
    title: 'S3 general purpose buckets should block public write access',
    rule: 's3-bucket-public-write-prohibited',
    nist: 'AC-21 AC-3 AC-3(7) AC-4 AC-4(21) AC-6 SC-7 SC-7(11) SC-7(16) SC-7(20) SC-7(21) SC-7(3) SC-7(4) SC-7(9)',
  },
  'S3.5': {
    title: 'S3 general purpose buckets should require requests to use SSL',
    rule: 's3-bucket-ssl-requests-only',
    nist: 'AC-17(2) AC-4 IA-5(1) SC-12(3) SC-13 SC-23 SC-23(3) SC-7(4) SC-8 SC-8(1) SC-8(2) SI-7(6)',
    pci: '4.2.1',
  },
  'KMS.5': { title: 'KMS keys should not be publicly accessible', rule: 'kms-key-policy-no-public-access' },
} satisfies Record<string, HubControl>

/** Rules of AWS Config that no control above is made of: pages under https://docs.aws.amazon.com/config, 2026-11-27. */
const configRules = [
  'kms-cmk-not-scheduled-for-deletion',
  'redshift-audit-logging-enabled',
  'redshift-cluster-configuration-check',
  'redshift-default-db-name-check',
  'redshift-serverless-default-db-name-check',
] as const

/** Checks of Prowler: the metadata under prowler/providers/aws/services in prowler-cloud/prowler at 3e000faa. */
const prowlerChecks = [
  'cloudtrail_multi_region_enabled',
  'cloudtrail_multi_region_enabled_logging_management_events',
  'cloudwatch_log_group_retention_policy_specific_days_enabled',
  'iam_inline_policy_no_full_access_to_kms',
  'iam_policy_no_full_access_to_kms',
  'kms_cmk_not_deleted_unintentionally',
  'kms_cmk_rotation_enabled',
  'kms_key_not_publicly_accessible',
  'redshift_cluster_audit_logging',
  'redshift_cluster_automated_snapshot',
  'redshift_cluster_automatic_upgrades',
  'redshift_cluster_encrypted_at_rest',
  'redshift_cluster_enhanced_vpc_routing',
  'redshift_cluster_in_transit_encryption_enabled',
  'redshift_cluster_multi_az_enabled',
  'redshift_cluster_non_default_database_name',
  'redshift_cluster_non_default_username',
  'redshift_cluster_public_access',
  's3_bucket_policy_public_write_access',
  's3_bucket_public_access',
  's3_bucket_public_list_acl',
  's3_bucket_public_write_acl',
  's3_bucket_secure_transport_policy',
] as const

/** What a practice may say that it answers to; what else follows from it is in `requirementsOf`. */
export type Control =
  | `security-hub/${keyof typeof hubControls}`
  | `aws-config/${(typeof configRules)[number]}`
  | `prowler/${(typeof prowlerChecks)[number]}`

/** All of them. */
export const controls: readonly Control[] = [
  ...(Object.keys(hubControls) as (keyof typeof hubControls)[]).map((id) => `security-hub/${id}` as const),
  ...configRules.map((rule) => `aws-config/${rule}` as const),
  ...prowlerChecks.map((check) => `prowler/${check}` as const),
]

/** The catalogues by the first part of an id, in the order in which they are shown. */
const catalogues: Readonly<Record<string, string>> = {
  'security-hub': 'AWS Security Hub',
  'aws-config': 'AWS Config',
  prowler: 'Prowler',
  'nist-800-53-r5': 'NIST SP 800-53 r5, as Security Hub relates it',
  'pci-dss-4.0.1': 'PCI DSS v4.0.1, as Security Hub relates it',
}

/** The controls, with the rule and the requirements that Security Hub states for each of its own. */
export function requirementsOf(named: readonly Control[]): string[] {
  const all = named.flatMap((control) => [control, ...relatedTo(control)])
  return Object.keys(catalogues).flatMap((catalogue) => [
    ...new Set(all.filter((id) => id.startsWith(`${catalogue}/`))),
  ])
}

function relatedTo(control: Control): string[] {
  const { rule, nist = '', pci = '' } = hubControlOf(control) ?? {}
  const ids = (catalogue: string, text = '') =>
    text.split(' ').flatMap((id) => (id ? [`${catalogue}/${id}`] : []))
  return [...ids('aws-config', rule), ...ids('nist-800-53-r5', nist), ...ids('pci-dss-4.0.1', pci)]
}

function hubControlOf(id: string): HubControl | undefined {
  return Object.entries<HubControl>(hubControls).find(([name]) => id === `security-hub/${name}`)?.[1]
}

/** A requirement as its catalogue calls it, and the title of a control of Security Hub. */
export type Requirement = { id: string; title: string | undefined }

/** Requirements by the name of their catalogue, for readers. */
export function byCatalogue(requirements: readonly string[]): [catalogue: string, Requirement[]][] {
  return Object.entries(catalogues).flatMap(([catalogue, name]) => {
    const own = requirements.filter((id) => id.startsWith(`${catalogue}/`))
    if (own.length === 0) return []
    const short = (id: string) => id.slice(catalogue.length + 1)
    return [[name, own.map((id) => ({ id: short(id), title: hubControlOf(id)?.title }))]]
  })
}
