// Both keys are enabled.

import { type Column, unseenKeys } from './resources.ts'

export default { judges: 'keys', usual: 'pass usable', except: unseenKeys } satisfies Column
