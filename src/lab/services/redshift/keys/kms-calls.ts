// What Redshift asks of KMS for the keys of a warehouse, each call with the event that it leaves with the key's owner.

import { parseArn } from '#kit/arn.ts'
import { recordServiceCall } from '#lab/services/cloudtrail/record.ts'
import * as kms from '#lab/services/kms/use.ts'
import { regionIn } from '#lab/state.ts'
import { AwsError } from '#lab/wire/errors.ts'

type Where = kms.Where
type Bound = kms.EncryptionContext

/** A new data key under a root key, in the name of who asked for it ("it acts on behalf of the user": MG authorizing-kms). */
export function generateDataKey(where: Where, key: kms.KmsKey, bound: Bound) {
  const input = { KeyId: key.arn, KeySpec: 'AES_256', EncryptionContext: bound }
  return told(where, key, { action: 'GenerateDataKey', input }, where.principal, () =>
    kms.generateDataKey(where, key, bound),
  )
}

/** Decrypts, as Redshift's own role: the sample record in MG logging-with-cloudtrail. */
export function decrypt(where: Where, key: kms.KmsKey | undefined, ciphertext: Uint8Array, bound: Bound) {
  return told(where, key, { action: 'Decrypt', input: { EncryptionContext: bound } }, undefined, () =>
    kms.decrypt(where, key, ciphertext, bound),
  )
}

/** Encrypts, as Redshift's own role. Unverified: that it does so for copies. */
export function encrypt(where: Where, key: kms.KmsKey, plaintext: Uint8Array, bound: Bound) {
  const input = { KeyId: key.arn, EncryptionContext: bound }
  return told(where, key, { action: 'Encrypt', input }, undefined, () =>
    kms.encrypt(where, key, plaintext, bound),
  )
}

/** Makes the grant by which a service of Redshift uses a key, in the name of who asked for it. Gives the grant's id. */
export function createGrant(where: Where, key: kms.KmsKey, wish: Parameters<typeof kms.grantToService>[2]) {
  const service = `${wish.service}.amazonaws.com`
  const call = {
    action: 'CreateGrant',
    input: {
      KeyId: key.arn,
      GranteePrincipal: service,
      RetiringPrincipal: service,
      Operations: wish.operations,
      ...(Object.keys(wish.encryptionContext).length > 0 && {
        Constraints: { EncryptionContextSubset: wish.encryptionContext },
      }),
    },
  }
  return told(
    where,
    key,
    call,
    where.principal,
    () => kms.grantToService(where, key, wish),
    (GrantId) => ({ GrantId, KeyId: key.arn }),
  )
}

type Asked = { action: string; input: object }

function told<Answer>(
  where: Where,
  key: kms.KmsKey | undefined,
  call: Asked,
  caller: Where['principal'],
  ask: () => Answer,
  shown: (answer: Answer) => object | undefined = () => undefined,
): Answer {
  try {
    const answer = ask()
    record(where, key, { ...call, output: shown(answer), caller })
    return answer
  } catch (error) {
    if (error instanceof AwsError) {
      // Events call declared errors by the names of their shapes.
      const code = error.schema?.[2] ?? error.code
      record(where, key, { ...call, error: { code, message: error.message }, caller })
    }
    throw error
  }
}

type Told = Asked & Pick<Parameters<typeof recordServiceCall>[1], 'output' | 'error' | 'caller'>

// What AWS does with keys of its own is in nobody's trail.
function record(where: Where, key: kms.KmsKey | undefined, call: Told): void {
  const owner = key && key.manager !== 'AWS_OWNED' ? where.state.accounts.get(key.account) : undefined
  const { region } = parseArn(key?.arn ?? '') ?? {}
  if (!key || !owner || !region) return
  recordServiceCall(
    { ...where, region: regionIn(owner, region) },
    {
      ...call,
      service: 'kms',
      by: 'redshift.amazonaws.com',
      resources: [{ accountId: owner.id, type: 'AWS::KMS::Key', ARN: key.arn }],
    },
  )
}
