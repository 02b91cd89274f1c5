// What all practices must hold, of cluster-resource-policy.

import practice from './cluster-resource-policy.ts'
import { holdsInCommon } from './testing/common.ts'

holdsInCommon(practice)
