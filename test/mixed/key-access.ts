// Both keys have the default policy.

import { type Column, unseenKeys } from './resources.ts'

export default { judges: 'keys', usual: 'pass own-only', except: unseenKeys } satisfies Column
