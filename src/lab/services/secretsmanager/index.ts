// AWS Secrets Manager as far as a scan reads it. Values are made up, and no key of KMS is asked for them.

import {
  DescribeSecret$,
  GetResourcePolicy$,
  GetSecretValue$,
  ListSecrets$,
} from '@aws-sdk/client-secrets-manager'
import { arnIn } from '#lab/state.ts'
import { awsJson } from '#lab/wire/json.ts'
import { paired, type Service } from '#lab/wire/operations.ts'
import { secretOperations } from './operations.ts'
import { findSecret } from './secrets.ts'
import { seedSecrets } from './seed.ts'

/** AWS Secrets Manager. */
export const secretsmanager: Service = {
  name: 'secretsmanager',
  protocol: awsJson({ serviceTarget: 'secretsmanager', defaultNamespace: 'com.amazonaws.secretsmanager' }),
  operations: paired(secretOperations, {
    DescribeSecret$,
    GetResourcePolicy$,
    GetSecretValue$,
    ListSecrets$,
  }),
  resourceOf(_operation, { SecretId }, { region }) {
    if (typeof SecretId !== 'string') return '*'
    return SecretId.startsWith('arn:') ? SecretId : arnIn(region, 'secretsmanager', `secret:${SecretId}`)
  },
  accessTo(operation, input, context) {
    const action = `secretsmanager:${operation}`
    const found = typeof input.SecretId === 'string' ? findSecret(input.SecretId, context) : undefined
    if (!found) return [{ action, resource: secretsmanager.resourceOf(operation, input, context) }]
    const { secret, owner } = found
    return [
      {
        action,
        resource: secret.facts.ARN,
        resourceAccount: owner.account.id,
        conditions: { 'secretsmanager:SecretId': secret.facts.ARN },
        ...(secret.policy && { policy: { document: secret.policy.document, kind: 'usual' as const } }),
      },
    ]
  },
  seedRegion: seedSecrets,
  refusal: 'AccessDenied',
}
