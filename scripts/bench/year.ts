// A lab with many clusters whose time only moves when it is told to: prints its address and runs until it is ended.

import { startLab } from '../../src/lab/index.ts'
import { yearWorld } from './world.ts'

const lab = await startLab({ world: yearWorld(Number(process.argv[2] ?? 200)), speed: 0 })
process.stdout.write(`${lab.url}\n`)
