// Placeholders for what earlier calls make: found, replaced, and written as shell variables.

import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { call } from './action.ts'
import { cliLine } from './aws-cli.ts'
import { bound, madeBy, referencesIn } from './reference.ts'

const key = madeBy('s1', 'KeyMetadata.Arn')
const made = new Map([['s1', { 'KeyMetadata.Arn': 'arn:aws:kms:eu-west-1:111122223333:key/k', n: 7 }]])

describe('a reference', () => {
  it('is found wherever it stands, once', () => {
    expect(referencesIn({ a: [key, `x${key}y`], b: { c: madeBy('s2', 'Id') } })).toEqual([
      { step: 's1', path: 'KeyMetadata.Arn' },
      { step: 's2', path: 'Id' },
    ])
  })

  it('becomes what was made: inside a text its text, alone the value; an unknown one stays', () => {
    const input = {
      KeyId: key,
      Policy: `{"Resource":"${key}"}`,
      N: madeBy('s1', 'n'),
      Later: madeBy('s2', 'Id'),
    }
    expect(bound(input, made)).toEqual({
      KeyId: 'arn:aws:kms:eu-west-1:111122223333:key/k',
      Policy: '{"Resource":"arn:aws:kms:eu-west-1:111122223333:key/k"}',
      N: 7,
      Later: '{{s2:Id}}',
    })
  })

  it('leaves the variables of policies alone', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of IAM
    const policy = { Resource: 'arn:aws:s3:::home/${aws:username}/${s3:prefix}' }
    expect(referencesIn(policy)).toEqual([])
    expect(bound(policy, made)).toEqual(policy)
  })

  it('is a shell variable in the lines of the AWS CLI, which a shell fills in', () => {
    const create = cliLine(call('kms:CreateKey', { Description: "a key's" }), 'eu-west-1', [
      { step: 's1', path: 'KeyMetadata.Arn' },
      { step: 's1', path: 'KeyMetadata.KeyId' },
    ])
    const alias = cliLine(
      call('kms:CreateAlias', { AliasName: 'alias/it', TargetKeyId: madeBy('s1', 'KeyMetadata.KeyId') }),
      'eu-west-1',
    )
    expect(alias).toBe(
      'aws kms create-alias --alias-name alias/it --target-key-id "$S1_KEYMETADATA_KEYID" --region eu-west-1',
    )
    const aws = 'aws() { [ "$2" = create-key ] && echo "arn id" || printf "%s|" "$@"; }'
    expect(execFileSync('sh', ['-c', `${aws}; ${create}; ${alias}`], { encoding: 'utf8' })).toBe(
      'kms|create-alias|--alias-name|alias/it|--target-key-id|id|--region|eu-west-1|',
    )
  })
})
