import type { z } from "zod";
import type { RpcError } from "../../shared/rpc/frames.ts";

type Details = { path: string; message: string }[];

/** What the router itself says no to, in words for a person. */
export const refusal = {
  badInput: (details: Details): RpcError => ({
    code: "bad-input",
    message: "That is not something Ringside can take.",
    details,
  }),
  tooLarge: (maxBytes: number): RpcError => ({
    code: "too-large",
    message: `That is too large to send at once (more than ${Math.round(maxBytes / 1024)} KB, or too deeply nested).`,
  }),
  unknownMethod: (name: string): RpcError => ({
    code: "unknown-method",
    message: "This window asks for something that this version of Ringside does not know.",
    details: { name },
  }),
  idInUse: (): RpcError => ({ code: "bad-input", message: "A request with this number is still open." }),
  tooManyWatches: (): RpcError => ({ code: "busy", message: "This window has too many live lists open." }),
  tooManyCalls: (): RpcError => ({ code: "busy", message: "Ringside is still busy with earlier requests." }),
  internal: (): RpcError => ({
    code: "internal",
    message: "Something went wrong inside Ringside. The details are in its log.",
  }),
};

/** Where an input is wrong and why: never what it was, which may be anything. */
export function describeIssues(error: z.ZodError): Details {
  return error.issues
    .slice(0, 10)
    .map(({ path, message }) => ({ path: path.map(String).join("."), message }));
}
