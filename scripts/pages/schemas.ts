// schemas/*.json: the JSON Schemas of the documents that others may read.

import { z } from 'zod'
import { settingsSchema } from '#app/settings-schema.ts'
import { assessmentSchema, planSchema } from '#model/schema.ts'
import type { Page } from './indexes.ts'

/** The published schemas. */
export function schemaPages(): Page[] {
  return [
    schemaPage('assessment-1', assessmentSchema),
    schemaPage('plan-1', planSchema),
    schemaPage('settings-1', settingsSchema),
  ]
}

function schemaPage(name: string, schema: z.ZodType): Page {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' })
  const text = JSON.stringify({ $schema, title: `redoubt.${name.replace('-', '/')}`, ...rest }, null, 2)
  return { path: `schemas/${name}.json`, text: `${text}\n` }
}
