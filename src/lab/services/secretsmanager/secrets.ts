// The secrets of a region, found by name or ARN: those of the world, and the admins' of clusters.

import { day } from '#kit/time.ts'
import { hexOf } from '#lab/ids.ts'
import { arnIn, type Context, type Region, regionIn } from '#lab/state.ts'
import type { Secret } from './model.ts'

/** Every secret of a region. */
export function secretsOf(region: Region): Secret[] {
  return [...region.secrets.values(), ...adminSecrets(region)]
}

/** The ARN of a secret; Secrets Manager adds six characters to its name. */
export function secretArn(region: Region, name: string): string {
  return arnIn(region, 'secretsmanager', `secret:${name}-${hexOf(`secret ${name}`, 6)}`)
}

/** The secret that an id stands for, and whose it is: an ARN may be of another account or lack its last characters. */
export function findSecret(
  id: string,
  { state, region }: Context,
): { secret: Secret; owner: Region } | undefined {
  const [, , , name = region.name, account = region.account.id] = id.startsWith('arn:') ? id.split(':') : []
  const owningAccount = state.accounts.get(account)
  if (!owningAccount) return undefined
  const owner =
    owningAccount.id === region.account.id && name === region.name ? region : regionIn(owningAccount, name)
  const isMeant = ({ facts }: Secret) =>
    facts.ARN === id || facts.ARN.slice(0, -7) === id || (facts.Name === id && owner === region)
  const secret = secretsOf(owner).find(isMeant)
  return secret && { secret, owner }
}

// https://docs.aws.amazon.com/redshift/latest/mgmt/redshift-secrets-manager-integration.html: the name, the owner, and
// that it is rotated every 30 days by default. Unverified: tags and the description.
function adminSecrets(region: Region): Secret[] {
  return [...region.redshift.clusters.values()].flatMap(({ id, facts }): Secret[] => {
    const {
      MasterPasswordSecretArn: ARN,
      MasterPasswordSecretKmsKeyId: KmsKeyId,
      MasterUsername: user,
    } = facts
    if (ARN === undefined) return []
    const CreatedDate = facts.ClusterCreateTime ?? new Date(0)
    const version = hexOf(`version ${ARN}`, 32)
    return [
      {
        facts: {
          ARN,
          Name: ARN.slice(ARN.indexOf(':secret:') + 8, -7),
          Description: `The secret associated with the primary user of the Amazon Redshift cluster ${id}`,
          ...(KmsKeyId !== undefined && { KmsKeyId }),
          RotationEnabled: true,
          RotationRules: { AutomaticallyAfterDays: 30 },
          OwningService: 'redshift',
          CreatedDate,
          LastChangedDate: CreatedDate,
          NextRotationDate: new Date(CreatedDate.getTime() + 30 * day),
          Tags: [
            { Key: 'aws:redshift:primaryClusterArn', Value: arnIn(region, 'redshift', `cluster:${id}`) },
          ],
          VersionIdsToStages: { [version]: ['AWSCURRENT'] },
        },
        value: JSON.stringify({ username: user ?? 'awsuser', password: `made-up-${hexOf(ARN, 16)}` }),
        policy: undefined,
      },
    ]
  })
}
