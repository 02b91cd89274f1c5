// Where the code of an operation stands, which sources that code names, and what it says of itself is unverified.

import { filesBelow, type SourceFile } from './files.ts'

/** The code of an operation. */
export type Facts = { path: string; sources: string[] }

/** A remark `Unverified: …` of a file. */
export type Doubt = { path: string; text: string }

const isSource = (path: string) =>
  path.endsWith('.ts') &&
  !path.endsWith('.test.ts') &&
  !path.includes('/testing/') &&
  !path.includes('/fidelity/')

/** Reads the sources of a service, and says where an operation stands. */
export function readFacts(service: string): (operation: string) => Facts | undefined {
  const files = filesBelow(`src/lab/services/${service}`, isSource)
  return (operation) => {
    const file = files.find(({ text }) => defines(text, operation))
    return file && { path: file.path, sources: sourcesIn(file) }
  }
}

function defines(text: string, operation: string): boolean {
  return new RegExp(`^ +(async )?${operation}(\\(|: )|^(export )?(function|const) ${operation}\\b`, 'm').test(
    text,
  )
}

// How comments name what they rest on.
const names: [RegExp, string][] = [
  [/\bAPI\b/, 'API Reference'],
  [/\bMG\b|Management Guide|management guide/, 'Management Guide'],
  [/\bDG\b|Database Developer Guide/, 'Database Developer Guide'],
  [/Terraform|terraform/, 'terraform-provider-aws'],
  [/\bCLI\b/, 'AWS CLI examples'],
  [/fault's description|SDK|model's/, 'SDK model'],
  [/[Rr]ecorded|seen in|reported/, 'recorded answers'],
]

function sourcesIn(file: SourceFile): string[] {
  const comments = commentsOf(file.text).join('\n')
  const named = names.filter(([pattern]) => pattern.test(comments)).map(([, name]) => name)
  const pages = [...comments.matchAll(/https:\/\/[^\s)>"']+[^\s)>"'.,:;]/g)].map(([url]) => url)
  return [...new Set(['SDK model', ...named, ...pages])]
}

/** Every remark of the lab's code that something is unverified. */
export function readDoubts(): Doubt[] {
  return filesBelow('src/lab', isSource).flatMap(({ path, text }) =>
    commentsOf(text).flatMap((comment) =>
      comment
        .split(/(?=Unverified: )/)
        .filter((part) => part.startsWith('Unverified: '))
        .map((part) => ({ path, text: part.slice('Unverified: '.length).trim() })),
    ),
  )
}

// Lines of comments that follow each other are one, without their signs.
function commentsOf(text: string): string[] {
  const comments: string[] = []
  let open = false
  for (const line of text.split('\n')) {
    const [, words] = /^\s*(?:\/\/|\/\*\*|\*(?!\/))\s?(.*?)(?:\s*\*\/)?$/.exec(line) ?? []
    const trailing = words === undefined ? /\s\/\/ (.*)$/.exec(line)?.[1] : undefined
    if (words === undefined) {
      open = false
      if (trailing !== undefined) comments.push(trailing)
    } else if (open) comments.push(`${comments.pop() ?? ''} ${words}`)
    else {
      comments.push(words)
      open = true
    }
  }
  return comments
}
