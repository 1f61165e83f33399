/** What Twilio answers when a request cannot be done: an HTTP status and one of its codes. */
export class RestProblem extends Error {
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export function notFound(what: string): RestProblem {
  return new RestProblem(404, 20404, `The requested resource ${what} was not found`);
}

export function describeProblem({ status, code, message }: RestProblem): Record<string, unknown> {
  return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
}
