// What an answer must have to be one of AWS.

/** An answer that lacks something that every answer of AWS has. Taken for one, it would say that there is nothing. */
export class NotFromAws extends Error {
  override name = 'NotFromAws'

  constructor(lacks: string) {
    super(`the answer has no ${lacks}, so it does not come from AWS`)
  }
}
