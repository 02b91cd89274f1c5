// The variables by which a command reaches a lab and nothing else.

import { devNull } from 'node:os'
import type { Lab } from './start-lab.ts'

/** An environment with only the lab's own credentials: neither profiles nor variables of the user may be used by mistake. */
export function labEnvironment({ url, describe }: Lab, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  // What only tells the SDK how to behave may stay.
  const others = Object.entries(env).filter(([name]) => !/^AWS_(?!SDK_)/.test(name))
  const [account] = describe().accounts
  const [key] = account?.accessKeys ?? []
  return {
    ...Object.fromEntries(others),
    AWS_ACCESS_KEY_ID: key?.id,
    AWS_SECRET_ACCESS_KEY: key?.secret,
    AWS_ENDPOINT_URL: url,
    AWS_REGION: account?.regions[0] ?? 'us-east-1',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
  }
}
