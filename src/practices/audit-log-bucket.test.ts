// Edges of audit-log-bucket.

import practice from './audit-log-bucket.ts'
import { holdsInCommon } from './testing/common.ts'

holdsInCommon(practice)
