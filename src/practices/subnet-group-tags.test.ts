// What all practices must hold, of subnet-group-tags.

import practice from './subnet-group-tags.ts'
import { holdsInCommon } from './testing/common.ts'

holdsInCommon(practice)
