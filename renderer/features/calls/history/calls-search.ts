import { z } from "zod";

export const callScopes = ["all", "missed", "voicemail", "call-backs", "to-write-down"] as const;
export type CallScope = (typeof callScopes)[number];

const Search = z.object({
  show: z.enum(callScopes).optional().catch(undefined),
  /** The call that is open. */
  open: z.string().optional().catch(undefined),
  whose: z.literal("mine").optional().catch(undefined),
});
export type CallsSearch = z.infer<typeof Search>;

/** What an address of the calls says. Anything else in it is ignored. */
export function readCallsSearch(search: Record<string, unknown>): CallsSearch {
  return Search.parse(search);
}
