// What all practices must hold, of cluster-event-subscription.

import practice from './cluster-event-subscription.ts'
import { holdsInCommon } from './testing/common.ts'

holdsInCommon(practice)
