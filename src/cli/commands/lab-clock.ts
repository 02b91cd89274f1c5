// `redoubt lab clock`: shows or moves the time of a running lab.

import { parseDuration } from '#kit/time.ts'
import { Problem } from '#model/problem.ts'
import { defineCommand } from '../command.ts'
import { askLab, labOption } from '../lab-control.ts'
import { numberOf } from '../number.ts'

export default defineCommand({
  name: 'lab clock',
  summary: 'Show or move the time of a running lab',
  description:
    'Without an argument it says what time it is in the lab. With one it moves time on by a duration, or to a moment. Time in a lab only moves forward; what takes AWS minutes or days is over when they have passed there.',
  arguments: {
    change: { about: 'A duration such as +1d, 3h or 90s, or a moment in ISO 8601.', optional: true },
  },
  options: {
    lab: labOption,
    speed: { value: 'number', about: 'Seconds that pass in the lab in each real second; 0 stops time.' },
  },
  examples: {
    'redoubt lab clock': 'What time is it there?',
    'redoubt lab clock +1d': 'A day passes.',
    'redoubt lab clock --speed 600': 'Ten minutes there for each second here.',
  },
  async run({ arguments: { change }, options, global, terminal }) {
    const wanted = {
      ...(change === undefined ? {} : changeOf(change)),
      ...(options.speed === undefined ? {} : { speed: numberOf('--speed', options.speed) }),
    }
    const body = Object.keys(wanted).length > 0 ? wanted : undefined
    const clock = (await askLab('clock', body, options.lab, global, terminal.env)) as {
      now: string
      speed: number
    }
    terminal.print(`${clock.now}  (speed ${clock.speed})`)
    return []
  },
})

function changeOf(text: string): { move: string } | { set: string } {
  const duration = parseDuration(text)
  if (duration !== undefined && duration < 0) {
    const what = `Time in a lab cannot go back, not even by ${text.slice(1)}.`
    throw new Problem('usage', what, 'Move it on, as with "redoubt lab clock +1d", or start a new lab.')
  }
  return duration === undefined ? { set: text } : { move: text }
}
