/** An error that the service reports in its envelope (F5). */
export class ApiError extends Error {
  readonly code: number
  /** HTTP status of the response; undefined for the variant `errorHttpStatus`. */
  readonly httpStatus: number | undefined

  constructor(code: number, message: string, httpStatus?: number) {
    super(message)
    this.code = code
    this.httpStatus = httpStatus
  }
}
