// What is still to happen: tasks at virtual moments, done in order of time when the lab is next looked at.

import { type Region, regionIn, type State } from './state.ts'

/** Something that happens to a subject in a region at a virtual moment. Plain data, so that a state can be saved. */
export type Task = {
  at: number
  /** Tasks of one moment are done in the order they were made. */
  order: number
  /** The handler's name, with its service: `redshift:snapshot`. */
  kind: string
  account: string
  region: string
  subject: string
}

/** A binary heap of tasks, the earliest first. */
export type Agenda = { heap: Task[]; made: number }

/** What a handler knows: where and when its task happens. `now` is the task's own moment, not that of the look. */
export type Happening = { state: State; region: Region; now: number }

/** Does what is due. A subject that has changed meanwhile is the handler's to notice: tasks are never taken back. */
export type TaskHandler = (subject: string, happening: Happening) => void

const handlers = new Map<string, TaskHandler>()

/** Makes a service's handlers known. */
export function addHandlers(tasks: Record<string, TaskHandler>): void {
  for (const [kind, handler] of Object.entries(tasks)) handlers.set(kind, handler)
}

/** An agenda with nothing in it. */
export function emptyAgenda(): Agenda {
  return { heap: [], made: 0 }
}

/** Puts a task on the agenda. */
export function schedule(state: State, at: number, kind: string, region: Region, subject: string): void {
  const { agenda } = state
  agenda.made += 1
  const task = { at, order: agenda.made, kind, account: region.account.id, region: region.name, subject }
  rise(agenda.heap, task)
}

/** Does everything that is due by a moment, in order. */
export function settle(state: State, now: number): void {
  const { heap } = state.agenda
  for (let next = heap[0]; next && next.at <= now; next = heap[0]) {
    takeFirst(heap)
    const account = state.accounts.get(next.account)
    const handler = handlers.get(next.kind)
    if (!account || !handler) throw new Error(`nobody in the lab does ${next.kind} for ${next.account}`)
    handler(next.subject, { state, region: regionIn(account, next.region), now: next.at })
  }
}

function isBefore(a: Task, b: Task): boolean {
  return a.at === b.at ? a.order < b.order : a.at < b.at
}

function rise(heap: Task[], task: Task) {
  let index = heap.length
  heap.push(task)
  while (index > 0) {
    const above = (index - 1) >> 1
    const parent = heap[above]
    if (!parent || !isBefore(task, parent)) break
    heap[index] = parent
    heap[above] = task
    index = above
  }
}

function takeFirst(heap: Task[]) {
  const last = heap.pop()
  if (!last || heap.length === 0) return
  let index = 0
  for (;;) {
    const left = heap[2 * index + 1]
    const right = heap[2 * index + 2]
    if (!left) break
    const isRight = right !== undefined && isBefore(right, left)
    const child = isRight ? right : left
    if (!isBefore(child, last)) break
    heap[index] = child
    index = 2 * index + (isRight ? 2 : 1)
  }
  heap[index] = last
}
