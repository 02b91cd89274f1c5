// The resources of the world `mixed` by type, for the columns of practices. Written by hand from the world's file.

import { clusters, snapshots } from '../mixed.table.ts'

const arnsOf = (noun: string, rows: readonly (readonly string[])[]) =>
  rows.map(([place, name]) => `arn:aws:redshift:${place}:${noun}:${name}`)

/** The ARNs of each type. One that ends in * stands for those that could not be listed. */
export const resources = {
  clusters: arnsOf('cluster', clusters),
  snapshots: arnsOf('snapshot', snapshots),
}

/** Exceptions for practices that say nothing of automated snapshots. */
export const automated: Record<string, string> = Object.fromEntries(
  resources.snapshots.filter((arn) => arn.includes('rs:')).map((arn) => [arn, '-']),
)

/**
 * What is right for every resource of a type by one practice: the usual `status reason`, and the exceptions by the end of
 * their ARN; `-` where the practice says nothing. An unknown one has the missing permission as its third word.
 */
export type Column = {
  judges: keyof typeof resources | readonly string[]
  usual: string
  except: Record<string, string>
}
