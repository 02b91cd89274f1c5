// What all practices must hold, of cluster-tags.

import practice from './cluster-tags.ts'
import { holdsInCommon } from './testing/common.ts'

holdsInCommon(practice)
