import type { InputOf } from "../../../shared/rpc/define.ts";
import { listListings } from "../../../shared/rpc/contract/work.ts";
import { usePagedRows, type PagedRows } from "../../client/index.ts";

export type ListingsQuery = Omit<InputOf<typeof listListings>, "offset" | "limit">;

export function useListingRows(query: ListingsQuery): PagedRows<typeof listListings> {
  return usePagedRows(listListings, query);
}
