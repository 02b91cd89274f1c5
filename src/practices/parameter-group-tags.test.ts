// What all practices must hold, of parameter-group-tags.

import practice from './parameter-group-tags.ts'
import { holdsInCommon } from './testing/common.ts'

holdsInCommon(practice)
