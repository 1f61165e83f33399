import { z } from "zod";
import { Listing } from "../../../shared/entities/listing.ts";

const Search = z.object({
  /** The listing that is open. */
  open: z.string().optional().catch(undefined),
  show: Listing.shape.status.optional().catch(undefined),
  layout: z.literal("cards").optional().catch(undefined),
});
export type ListingsSearch = z.infer<typeof Search>;

/** What an address of the listings says. Anything else in it is ignored. */
export function readListingsSearch(search: Record<string, unknown>): ListingsSearch {
  return Search.parse(search);
}
