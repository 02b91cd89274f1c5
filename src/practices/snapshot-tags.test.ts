// What all practices must hold, of snapshot-tags.

import practice from './snapshot-tags.ts'
import { holdsInCommon } from './testing/common.ts'

holdsInCommon(practice)
