// `redoubt lab`: an AWS on this machine, with a world in it, until Ctrl-C.

import { harmless } from '#kit/text.ts'
import { defineCommand } from '../command.ts'
import { numberOf } from '../number.ts'

export default defineCommand({
  name: 'lab',
  summary: 'Start an AWS on this machine to try everything on',
  description:
    'Starts a small AWS on a port of this machine, with a world of clusters and snapshots in it, and runs until Ctrl-C. Redoubt, the AWS CLI and every AWS SDK work against it. Nothing behind it is real, and time in it can be moved: see lab clock.',
  arguments: {},
  options: {
    world: {
      value: 'world|file',
      default: 'mixed',
      about: 'What is in it: company, hardened, mixed, neglected, or a YAML file (docs/lab.md).',
    },
    port: { value: 'number', default: '4566', about: 'Port to listen on; 0 takes a free one.' },
    speed: { value: 'number', about: 'Seconds that pass in the lab in each real second; 1 without it.' },
    clock: { value: 'moment', about: 'When it is in the lab at the start, ISO 8601; now without it.' },
    state: {
      value: 'file',
      about:
        'Keep everything in this file, and go on from it if it is there; the world is then not looked at.',
    },
    faults: { value: 'file', about: 'A YAML list of calls that AWS is to answer badly; see docs/lab.md.' },
  },
  examples: {
    'redoubt lab': 'Start the world mixed on port 4566.',
    'redoubt lab --state estate.lab': 'Go on tomorrow where you stop today.',
    'redoubt lab --world ./estate.yaml': 'Start a world of your own; docs/lab.md shows how to write one.',
    'redoubt lab --world neglected --port 0 --speed 60': 'A free port, and an hour there is a minute here.',
  },
  async run({ options: { world, port, speed, clock, state, faults }, terminal }) {
    const { startNamedLab } = await import('../start-lab.ts')
    const { viewLab } = await import('../view/lab.ts')
    const lab = await startNamedLab({
      world,
      port: numberOf('--port', port),
      ...(speed === undefined ? {} : { speed: numberOf('--speed', speed) }),
      ...(clock ? { clock } : {}),
      ...(state ? { stateFile: state } : {}),
      ...(faults ? { faults } : {}),
    })
    terminal.print(viewLab({ url: lab.url, ...lab.describe() }, terminal))
    terminal.tell('The lab runs until Ctrl-C.')
    await stopped(terminal.signal)
    try {
      await lab.stop()
    } catch (error) {
      // Only the last save can fail here, and whoever wanted the state must hear of it.
      terminal.tell(`The state was not saved: ${harmless((error as Error).message)}.`)
      return ['stopped']
    }
    return []
  },
})

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
