// The worlds there are, by name. Each is loaded when it is asked for: a lab has one.

import type { World } from '../world.ts'

type Loader = () => Promise<{ default: World }>

export const worlds: Record<'hardened' | 'mixed' | 'neglected', Loader> = {
  hardened: () => import('./hardened.ts'),
  mixed: () => import('./mixed.ts'),
  neglected: () => import('./neglected.ts'),
}
