// The cases, as data: where each was seen, the situation, and the right answer.

export type PeerCase = { id: string; seen: string; situation: string; right: string }

/** All cases, in the order in which they were found. */
export const cases: readonly PeerCase[] = [
  {
    id: 'D1',
    seen: 'Prowler',
    situation: 'A public cluster whose security group opens its port alone to the world',
    right: 'fail: it can be reached',
  },
  {
    id: 'D2',
    seen: 'Prowler',
    situation: 'Automated snapshots are off, and one manual snapshot exists',
    right: 'fail',
  },
  {
    id: 'D3',
    seen: 'Prowler',
    situation: 'Kept for 35 days, created minutes ago, no snapshot yet',
    right: 'pass, and that there is none yet is told',
  },
  {
    id: 'D4',
    seen: 'Prowler, Hammer',
    situation: 'The logging status or the parameters of a cluster may not be read',
    right: 'unknown, with the permission',
  },
  {
    id: 'D5',
    seen: 'Prowler, CloudSploit, ScoutSuite, Steampipe, Cloud Custodian',
    situation: 'require_ssl is set to true and waits for a reboot',
    right: 'fail: pending-reboot',
  },
  {
    id: 'D6',
    seen: 'the same',
    situation: 'require_ssl is in force, and its group was set to false, which waits for a reboot',
    right: 'fail, told apart from D5',
  },
  {
    id: 'D7',
    seen: 'Prowler, CloudSploit, Hammer',
    situation: 'The cluster, snapshot or parameter that comes on the second page',
    right: 'judged like the first',
  },
  {
    id: 'D8',
    seen: 'CloudSploit',
    situation: 'Audit logging is on, or off',
    right: 'pass, or fail; never always unknown',
  },
  {
    id: 'D9',
    seen: 'CloudSploit',
    situation: 'A cluster under the key that AWS manages',
    right: 'fail: not customer-managed',
  },
  { id: 'D10', seen: 'CloudSploit', situation: 'A customer-managed key without an alias', right: 'pass' },
  {
    id: 'D11',
    seen: 'CloudSploit, Conformity',
    situation: 'A cluster with the default parameter group of family 2.0',
    right: 'pass: TLS is required there',
  },
  {
    id: 'D12',
    seen: 'CloudSploit, ScoutSuite, cdk-nag',
    situation: 'The user activity parameter is true, and audit logging is off',
    right: 'fail',
  },
  {
    id: 'D13',
    seen: 'ScoutSuite',
    situation: 'A parameter group that no cluster uses; a cluster with the default group of family 1.0',
    right: 'no finding; fail on the cluster',
  },
  {
    id: 'D14',
    seen: 'ScoutSuite',
    situation: 'A security group that is open on the port',
    right: 'fail: the rule is alive',
  },
  {
    id: 'D15',
    seen: 'Steampipe',
    situation: 'Groups of the same name in two accounts or regions, one with TLS and one without',
    right: 'each by its own',
  },
  {
    id: 'D16',
    seen: 'Steampipe',
    situation: 'The logging status could not be read',
    right: 'unknown, never pass',
  },
  {
    id: 'D17',
    seen: 'Steampipe',
    situation: 'A customer-managed key of another account',
    right: 'pass, and the other account is told',
  },
  {
    id: 'D18',
    seen: 'Security Hub, Steampipe',
    situation: 'A namespace exports its connection and user logs, and not the user activity',
    right: 'fail',
  },
  {
    id: 'D19',
    seen: 'Checkov, KICS, Service Screener',
    situation: 'Audit logs go to CloudWatch, and there is no bucket',
    right: 'pass',
  },
  {
    id: 'D20',
    seen: 'Security Hub, Checkov, Trivy, KICS',
    situation: 'Encrypted under a key that AWS owns',
    right: 'pass as encrypted, fail as customer-managed',
  },
  {
    id: 'D21',
    seen: 'Conformity, Service Screener',
    situation: 'Snapshots are copied to no other region',
    right: 'pass',
  },
  {
    id: 'D22',
    seen: 'Cloud Custodian',
    situation:
      'Shared with AWS Support, with a trusted account, with a stranger whom the key stops, with one whom it does not',
    right: 'four different answers',
  },
  {
    id: 'D23',
    seen: 'Cloud Custodian',
    situation: 'A cluster with several parameter groups, one of which waits',
    right: 'judged by what is in force',
  },
  {
    id: 'D24',
    seen: "AWS's runbook for TLS",
    situation: 'The parameter was mended and the cluster not rebooted',
    right: 'verify: not in force',
  },
  {
    id: 'D25',
    seen: 'Security Hub, Steampipe',
    situation: 'The port is open to 0.0.0.0/1 and 128.0.0.0/1, or to ::/1',
    right: 'fail: it can be reached',
  },
  {
    id: 'D26',
    seen: 'all',
    situation: 'Snapshots of deleted clusters that never expire',
    right: 'fail, and told to be orphans',
  },
  {
    id: 'D27',
    seen: 'all',
    situation:
      'Logging is on, and the last failure is newer than the last delivery, nothing ever came, or nothing for two days',
    right: 'fail, for three reasons',
  },
  {
    id: 'D28',
    seen: 'Prowler, Cloud Custodian',
    situation: 'Many resources fail, and the fix of one is refused',
    right: 'the others are mended, and the one is told',
  },
]
