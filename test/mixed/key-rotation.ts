// Nobody ever rotated a key.

import { type Column, unseenKeys } from './resources.ts'

export default { judges: 'keys', usual: 'fail off', except: unseenKeys } satisfies Column
