// What the lab remembers: accounts, the principals that may call, and what stands in each region.

// All of it is plain data (maps, sets, dates, bytes; no functions), so that it can be saved and loaded as it is.

import { formatArn } from '#kit/arn.ts'
import { type Agenda, emptyAgenda } from './agenda.ts'
import type { FaultRule } from './faults/faults.ts'
import type { Partition } from './regions.ts'
import { type CloudTrail, emptyCloudTrail, emptyTrails, type Trails } from './services/cloudtrail/model.ts'
import { type Ec2, emptyEc2 } from './services/ec2/model.ts'
import type { Iam, Identity, Session } from './services/iam/model.ts'
import { emptyKms, emptyKmsElsewhere, type Kms, type KmsElsewhere } from './services/kms/model.ts'
import { emptyLogs, type Logs } from './services/logs/model.ts'
import { emptyOrganizations, type Organizations } from './services/organizations/model.ts'
import { emptyRedshift, type Redshift } from './services/redshift/model.ts'
import { type DataApi, emptyDataApi } from './services/redshift-data/model.ts'
import { emptyServerless, type Serverless } from './services/redshift-serverless/model.ts'
import { emptyS3, type S3 } from './services/s3/model.ts'
import { emptySecrets, type Secrets } from './services/secretsmanager/model.ts'
import type { Denial } from './world.ts'

/** Who a call is made as: a user's access key, or the temporary credentials of an assumed role. */
export type Principal = {
  accessKeyId: string
  secret: string
  sessionToken: string | undefined
  /** The virtual moment the credentials stop working. */
  expiresAt: number
  account: Account
  arn: string
  userId: string
  /** Shared by all sessions of a role, so that denying a role reaches the sessions it already has. */
  denied: Denial[]
  /** Whose policies decide: the user, or the role of a session; the root user has nobody's. */
  identity: Identity | undefined
  /** What temporary credentials were opened with. */
  session: Session | undefined
  /** An inactive key stays, but opens nothing. */
  isActive: boolean
  /** When the key was made, in milliseconds. */
  created: number
}

/** One AWS account. */
export type Account = {
  id: string
  alias: string | undefined
  partition: Partition
  /** Regions that need opting in to and that the account uses. */
  optedIn: Set<string>
  /** Who is in it, and what they may do. */
  iam: Iam
  regions: Map<string, Region>
}

/** One region of one account. */
export type Region = {
  name: string
  account: Account
  redshift: Redshift
  serverless: Serverless
  data: DataApi
  ec2: Ec2
  secrets: Secrets
  kms: Kms
  cloudtrail: Trails
  logs: Logs
}

/** Everything the lab remembers. */
export type State = {
  accounts: Map<string, Account>
  principals: Map<string, Principal>
  agenda: Agenda
  /** Keys of KMS that belong to no account of the lab. */
  kms: KmsElsewhere
  s3: S3
  /** The events of all accounts, and what trails deliver of them. */
  cloudtrail: CloudTrail
  organizations: Organizations
  /** Which calls are answered badly. */
  faults: FaultRule[]
  /** How many ids have been made up so far. */
  idsMade: number
}

/** A lab that has nothing yet. */
export function emptyState(): State {
  return {
    accounts: new Map(),
    principals: new Map(),
    agenda: emptyAgenda(),
    kms: emptyKmsElsewhere(),
    faults: [],
    s3: emptyS3(),
    cloudtrail: emptyCloudTrail(),
    organizations: emptyOrganizations(),
    idsMade: 0,
  }
}

/** A region of an account; one nobody has used yet is empty. */
export function regionIn(account: Account, name: string): Region {
  const known = account.regions.get(name)
  if (known) return known
  const region = {
    name,
    account,
    redshift: emptyRedshift(),
    serverless: emptyServerless(),
    data: emptyDataApi(),
    ec2: emptyEc2(),
    secrets: emptySecrets(),
    kms: emptyKms(),
    cloudtrail: emptyTrails(),
    logs: emptyLogs(),
  }
  account.regions.set(name, region)
  return region
}

/** What an operation knows besides its input. */
export type Context = {
  state: State
  principal: Principal
  account: Account
  region: Region
  /** The virtual moment of the call, in milliseconds. */
  now: number
  /** How many virtual seconds pass in a real one. */
  speed: number
  requestId: string
}

/** The ARN of something in a region. */
export function arnIn({ name, account }: Region, service: string, resource: string): string {
  return formatArn({ partition: account.partition, service, region: name, account: account.id, resource })
}
