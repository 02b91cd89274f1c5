// What all practices must hold, of event-subscription-tags.

import practice from './event-subscription-tags.ts'
import { holdsInCommon } from './testing/common.ts'

holdsInCommon(practice)
