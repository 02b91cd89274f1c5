/** What policy evaluation takes and gives: documents, callers, requests, verdicts. Plain data, all of it. */

/** Who a statement of a resource's policy names. `"Principal": "*"` is kept as `{ AWS: ['*'] }`, its equal. */
export type Principals = {
  AWS?: string[]
  Service?: string[]
  Federated?: string[]
  CanonicalUser?: string[]
}

/** Operator (`StringEquals`, `ForAnyValue:ArnLikeIfExists` …) → condition key → values. */
export type Conditions = Record<string, Record<string, string[]>>

/** One statement, its lists always lists. */
export type Statement = {
  Sid?: string
  Effect: 'Allow' | 'Deny'
  Principal?: Principals
  NotPrincipal?: Principals
  Action?: string[]
  NotAction?: string[]
  Resource?: string[]
  NotResource?: string[]
  Condition?: Conditions
}

/** A policy as `parsePolicy` gives it. Never change one in place: it is compiled once. */
export type PolicyDocument = { Version?: string; Id?: string; Statement: Statement[] }

/** Who calls. */
export type Caller =
  /** An IAM user: `arn:aws:iam::111122223333:user/alice`. */
  | { kind: 'user'; account: string; arn: string }
  /** A role's session: its own ARN (`arn:aws:sts::…:assumed-role/r/s`) and that of the role (path included). */
  | { kind: 'session'; account: string; arn: string; roleArn: string }
  /** The root user of an account: `arn:aws:iam::111122223333:root`. */
  | { kind: 'root'; account: string; arn: string }
  /** An AWS service that calls for itself: `redshift.amazonaws.com`. */
  | { kind: 'service'; service: string }

/** What is asked for. */
export type AccessRequest = {
  caller: Caller
  /** `kms:Decrypt` */
  action: string
  /** The exact ARN, or `*` for actions that have no resource. */
  resource: string
  /** The account that owns the resource. */
  resourceAccount: string
  /**
   * Context keys of the call: `aws:SecureTransport`, `kms:ViaService` … A key that is not there is absent. What
   * follows from the caller and the resource (`aws:PrincipalArn`, `aws:PrincipalAccount`, `aws:username`,
   * `aws:ResourceAccount` …) is added by evaluation, unless it is given here.
   */
  conditions: Record<string, string | string[]>
}

/** The policy of a resource. */
export type ResourcePolicy = {
  document: PolicyDocument
  /**
   * `usual`: a bucket, secret, topic, namespace: in its own account one of the two sides is enough.
   * `kms`: a key policy, and `trust`: a role's trust policy: nothing is allowed that it does not allow itself, or
   * (by naming the account) leaves to the identity's policies.
   */
  kind: 'usual' | 'kms' | 'trust'
}

/** All policies that have a say. An absent member limits nothing. */
export type Policies = {
  /** Attached and inline policies of the user or role; empty for services, and for root. */
  identity: { name: string; document: PolicyDocument }[]
  boundary?: PolicyDocument
  session?: PolicyDocument[]
  /** One list a level of the organization (root, units, account). Leave it out for the management account. */
  scps?: PolicyDocument[][]
  resource?: ResourcePolicy
}

/** What evaluation says. */
export type Verdict = {
  allowed: boolean
  /** Whether a Deny statement decided. No grant of a KMS key helps against that. */
  explicit: boolean
  /** AWS's clause: `because no identity-based policy allows the x:Y action`, `with an explicit deny in …`. */
  reason: string
  /** The policy that decided, and the statement's Sid where it has one: `ReadOnly#AllowScan`. */
  by?: string
}
