// A lab with the large estate in a process of its own: prints its address and runs until it is ended.

import { startLab } from '../../src/lab/index.ts'
import { estateWorld } from './world.ts'

const lab = await startLab({ world: estateWorld(Number(process.argv[2] ?? 20_000)) })
process.stdout.write(`${lab.url}\n`)
