/** The service's own "no": an error envelope (F5). */
export class Refusal extends Error {
  readonly code: number
  /** HTTP status of the answer; without it the variant `errorHttpStatus` decides. */
  readonly httpStatus: number | undefined

  constructor(code: number, message: string, httpStatus?: number) {
    super(message)
    this.code = code
    this.httpStatus = httpStatus
  }
}
