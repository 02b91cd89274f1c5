// Amazon Resource Names: taking them apart and putting them together.

/** The parts of an ARN. `resource` keeps its own separators, e.g. `cluster:sales`. */
export type Arn = { partition: string; service: string; region: string; account: string; resource: string }

const pattern = /^arn:(aws[a-z-]*):([a-z0-9-]+):([a-z0-9-]*):(\d{12}|):(.+)$/

/** Takes an ARN apart, or gives undefined when the text is not one. */
export function parseArn(text: string): Arn | undefined {
  const [, partition, service, region, account, resource] = pattern.exec(text) ?? []
  if (!partition || !service || region === undefined || account === undefined || !resource) return undefined
  return { partition, service, region, account, resource }
}

/** Writes an ARN from its parts. */
export function formatArn({ partition, service, region, account, resource }: Arn): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`
}
