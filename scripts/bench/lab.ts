// A lab in a process of its own, for measuring: prints its address and runs until it is ended.

import { startLab } from '../../src/lab/index.ts'
import { benchWorld } from './world.ts'

const [clusters = '10', snapshotsEach = '4'] = process.argv.slice(2)
const lab = await startLab({ world: benchWorld(Number(clusters), Number(snapshotsEach)) })
process.stdout.write(`${lab.url}\n`)
