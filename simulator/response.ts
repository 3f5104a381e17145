/** An HTTP response that has not been sent yet. */
export interface Response {
  status: number
  headers: Record<string, string>
  body: string | Buffer
}

export function jsonResponse(
  status: number,
  content: unknown,
  headers: Record<string, string> = {},
): Response {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(content),
  }
}

/** A response of the gateway itself: JSON without `code` (F9, inferred). */
export function gatewayResponse(
  status: number,
  message: string,
  headers: Record<string, string> = {},
): Response {
  return jsonResponse(status, { message }, headers)
}

/** The parsed body; undefined when it is not a JSON object. */
export function jsonOf(response: Response): Record<string, unknown> | undefined {
  try {
    const content: unknown = JSON.parse(response.body.toString())
    return typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
