// The columns of the table of the world `mixed`: one file here for each practice, named like it.

import { readdirSync } from 'node:fs'
import { type Column, resources } from './resources.ts'

const shared = ['columns.ts', 'resources.ts']

/** The columns by practice. */
export async function loadColumns(): Promise<Map<string, Column>> {
  const files = readdirSync(new URL('./', import.meta.url)).filter((file) => !shared.includes(file))
  const columns = await Promise.all(
    files.map(async (file) => {
      const { default: column } = (await import(new URL(file, import.meta.url).href)) as { default: Column }
      return [file.replace(/\.ts$/, ''), column] as const
    }),
  )
  return new Map(columns)
}

/** A column as lines: `practice arn status reason`. */
export function linesOf(practice: string, { judges, usual, except, besides = [] }: Column): string[] {
  const arns = typeof judges === 'string' ? resources[judges] : judges
  const strange = Object.keys(except).find((end) => !arns.some((arn) => arn.endsWith(end)))
  if (strange) throw new Error(`test/mixed/${practice}.ts: no resource ends in ${strange}`)
  const cellOf = (arn: string) => Object.entries(except).find(([end]) => arn.endsWith(end))?.[1] ?? usual
  const rows = [...arns.map((arn) => `${arn} ${cellOf(arn)}`), ...besides]
  return rows.map((row) => `${practice} ${row}`).filter((line) => !line.endsWith(' -'))
}
