// Reading secrets.

import type * as client from '@aws-sdk/client-secrets-manager'
import {
  type Filter,
  InvalidNextTokenException$,
  InvalidParameterException$,
  InvalidRequestException$,
  ResourceNotFoundException$,
} from '@aws-sdk/client-secrets-manager'
import type { Context } from '#lab/state.ts'
import { fault } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import type { Secret } from './model.ts'
import { findSecret, secretsOf } from './secrets.ts'

export const secretOperations = {
  DescribeSecret(input, context) {
    return secretOf(input.SecretId, context).facts
  },

  GetSecretValue({ SecretId, VersionId, VersionStage = 'AWSCURRENT' }, context) {
    const { facts, value } = secretOf(SecretId, context)
    if (facts.DeletedDate) {
      const message = "You can't perform this operation on the secret because it was marked for deletion."
      throw fault(InvalidRequestException$, message)
    }
    const [current] = Object.keys(facts.VersionIdsToStages ?? {})
    if (current === undefined || VersionStage !== 'AWSCURRENT' || (VersionId ?? current) !== current) {
      const label = VersionId === undefined ? `staging label: ${VersionStage}` : `VersionId: ${VersionId}`
      throw fault(
        ResourceNotFoundException$,
        `Secrets Manager can't find the specified secret value for ${label}`,
      )
    }
    const { ARN, Name, CreatedDate } = facts
    return { ARN, Name, VersionId: current, SecretString: value, VersionStages: ['AWSCURRENT'], CreatedDate }
  },

  GetResourcePolicy(input, context) {
    const { facts, policy } = secretOf(input.SecretId, context)
    return { ARN: facts.ARN, Name: facts.Name, ...(policy && { ResourcePolicy: policy.text }) }
  },

  ListSecrets(input, { region }) {
    const { MaxResults = 100, NextToken, IncludePlannedDeletion, SortOrder, SortBy, Filters = [] } = input
    if (MaxResults < 1 || MaxResults > 100)
      throw fault(InvalidParameterException$, 'MaxResults must be between 1 and 100.')
    if (SortBy !== undefined && SortBy !== 'name')
      throw fault(InvalidParameterException$, 'The lab sorts secrets by name only.')
    const after = NextToken === undefined ? undefined : readToken(NextToken)
    const way = SortOrder === 'desc' ? -1 : 1
    const wanted = secretsOf(region)
      .filter(({ facts }) => IncludePlannedDeletion || !facts.DeletedDate)
      .filter((secret) => Filters.every((filter) => passes(secret, filter)))
      .sort((a, b) => way * compare(a.facts.Name, b.facts.Name))
      .filter(({ facts }) => after === undefined || way * compare(facts.Name, after) > 0)
    const shown = wanted.slice(0, MaxResults)
    const last = shown.at(-1)
    return {
      SecretList: shown.map(listView),
      ...(last &&
        wanted.length > shown.length && {
          NextToken: Buffer.from(sign + last.facts.Name).toString('base64'),
        }),
    }
  },
} satisfies Operations<typeof client>

function secretOf(id: string, context: Context): Secret {
  const found = findSecret(id, context)
  if (!found) throw fault(ResourceNotFoundException$, "Secrets Manager can't find the specified secret.")
  return found.secret
}

function listView({ facts }: Secret): client.SecretListEntry {
  const { VersionIdsToStages, ReplicationStatus, ...shared } = facts
  return { ...shared, ...(VersionIdsToStages && { SecretVersionsToStages: VersionIdsToStages }) }
}

const sign = 'lab1:'

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString()
  if (!text.startsWith(sign)) throw fault(InvalidNextTokenException$, 'The NextToken value is invalid.')
  return text.slice(sign.length)
}

// API, Filter: values match from the beginning, an exclamation mark excludes; only descriptions and names take no
// notice of case.
function passes({ facts }: Secret, { Key, Values = [] }: Filter): boolean {
  const texts = textsOf(facts, Key)
  const starts = (wanted: string) => texts.some((text) => text.toLowerCase().startsWith(wanted.toLowerCase()))
  return Values.some((value) => (value.startsWith('!') ? !starts(value.slice(1)) : starts(value)))
}

function textsOf(facts: Secret['facts'], key: Filter['Key']): string[] {
  const { Name, Description = '', Tags = [], OwningService = '', PrimaryRegion = '' } = facts
  const keys = Tags.flatMap((tag) => tag.Key ?? [])
  const values = Tags.flatMap((tag) => tag.Value ?? [])
  switch (key) {
    case 'name':
      return [Name]
    case 'description':
      return [Description]
    case 'tag-key':
      return keys
    case 'tag-value':
      return values
    case 'owning-service':
      return [OwningService]
    case 'primary-region':
      return [PrimaryRegion]
    case 'all':
      return [Name, Description, ...keys, ...values, OwningService, PrimaryRegion]
    default:
      throw fault(InvalidParameterException$, 'The filter key is not valid.')
  }
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
