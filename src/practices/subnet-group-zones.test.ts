// What all practices must hold, of subnet-group-zones.

import practice from './subnet-group-zones.ts'
import { holdsInCommon } from './testing/common.ts'

holdsInCommon(practice)
