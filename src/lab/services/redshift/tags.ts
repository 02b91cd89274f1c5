// Tag filters, which several Describe operations share.

import type { Tag } from '@aws-sdk/client-redshift'

type TagFilter = { TagKeys?: string[] | undefined; TagValues?: string[] | undefined }

/** Whether tags match: any of the keys and any of the values, each only where asked (API, DescribeClusters). */
export function matchesTags(tags: Tag[] | undefined, { TagKeys, TagValues }: TagFilter): boolean {
  const hasKey = !TagKeys?.length || tags?.some(({ Key }) => Key !== undefined && TagKeys.includes(Key))
  const hasValue =
    !TagValues?.length || tags?.some(({ Value }) => Value !== undefined && TagValues.includes(Value))
  return Boolean(hasKey && hasValue)
}
