// `redoubt demo`: the main job from beginning to end, on a lab of its own, by the very commands that a person would type.

import { defineCommand } from '../command.ts'

export default defineCommand({
  name: 'demo',
  summary: 'See it work in a minute, without an AWS account',
  description:
    'Starts a lab on a free port, with time running fast, and a workspace in a temporary folder. Then scans, explains a finding, plans its fix, applies it, proves that it is in force, and undoes it. It touches nothing else and leaves nothing running.',
  arguments: {},
  options: {},
  examples: { 'redoubt demo': 'Watch it.' },
  async run({ global, terminal }) {
    const { demonstrate } = await import('../demonstrate.ts')
    return demonstrate(global.color, terminal)
  },
})
