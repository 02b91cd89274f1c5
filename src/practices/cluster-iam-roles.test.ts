// What all practices must hold, of cluster-iam-roles.

import practice from './cluster-iam-roles.ts'
import { holdsInCommon } from './testing/common.ts'

holdsInCommon(practice)
