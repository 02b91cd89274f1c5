// Access keys of users; they work as soon as they are made.

import type * as client from '@aws-sdk/client-iam'
import { newHex } from '#lab/ids.ts'
import type { Context, Principal } from '#lab/state.ts'
import { common } from '#lab/wire/errors.ts'
import type { Operations } from '#lab/wire/operations.ts'
import { exceeded } from './documents.ts'
import { noSuch, userOf } from './find.ts'
import type { User } from './model.ts'
import { pageOf } from './page.ts'
import { wholeSecond } from './view.ts'

// "IAM and AWS STS quotas".
const mostKeys = 2

export const accessKeyOperations = {
  CreateAccessKey({ UserName }, context) {
    const { state, account, now } = context
    const user = userOf(context, UserName)
    const keys = keysOf(context, user)
    if (keys.length >= mostKeys) throw exceeded('AccessKeysPerUser', mostKeys)
    const key: Principal = {
      accessKeyId: `AKIA${newHex(state, 16).toUpperCase()}`,
      secret: newHex(state, 40),
      sessionToken: undefined,
      expiresAt: Number.POSITIVE_INFINITY,
      account,
      arn: user.arn,
      userId: user.id,
      denied: [],
      identity: user,
      session: undefined,
      isActive: true,
      created: now,
    }
    state.principals.set(key.accessKeyId, key)
    return { AccessKey: { ...viewKey(user, key), SecretAccessKey: key.secret } }
  },

  ListAccessKeys(input, context) {
    const user = userOf(context, input.UserName)
    const { items, rest } = pageOf(keysOf(context, user), ({ accessKeyId }) => accessKeyId, input)
    return { AccessKeyMetadata: items.map((key) => viewKey(user, key)), ...rest }
  },

  UpdateAccessKey({ UserName, AccessKeyId, Status }, context) {
    const key = keyOf(context, UserName, AccessKeyId)
    if (Status === 'Expired')
      throw common('ValidationError', 'The lab sets access keys to Active or Inactive only.')
    key.isActive = Status === 'Active'
    return {}
  },

  DeleteAccessKey({ UserName, AccessKeyId }, context) {
    context.state.principals.delete(keyOf(context, UserName, AccessKeyId).accessKeyId)
    return {}
  },
} satisfies Operations<typeof client>

/** The long-term keys of a user. */
export function keysOf({ state }: Context, user: User): Principal[] {
  return [...state.principals.values()].filter(
    ({ identity, sessionToken }) => identity === user && sessionToken === undefined,
  )
}

function keyOf(context: Context, userName: string | undefined, id: string): Principal {
  const key = keysOf(context, userOf(context, userName)).find(({ accessKeyId }) => accessKeyId === id)
  if (!key) throw noSuch(`The Access Key with id ${id} cannot be found.`)
  return key
}

function viewKey({ name }: User, { accessKeyId, isActive, created }: Principal) {
  const Status = isActive ? ('Active' as const) : ('Inactive' as const)
  return { UserName: name, AccessKeyId: accessKeyId, Status, CreateDate: wholeSecond(created) }
}
