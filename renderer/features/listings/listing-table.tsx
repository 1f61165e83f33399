import { useState } from "react";
import type { Listing } from "../../../shared/entities/listing.ts";
import type { Column } from "../../ui/table/columns.ts";
import { VirtualTable } from "../../ui/table/virtual-table.tsx";
import type { ListingsQuery, useListingRows } from "./use-listing-rows.ts";

export function ListingTable({
  label,
  list,
  columns,
  query,
  onSort,
  onOpen,
}: {
  label: string;
  columns: readonly Column<Listing>[];
  list: ReturnType<typeof useListingRows>;
  query: ListingsQuery;
  onSort: (sort: ListingsQuery["sort"]) => void;
  onOpen: (id: string) => void;
}) {
  const listKey = JSON.stringify(query);
  const [kept, keep] = useState({ listKey, index: 0 });
  const sortBy = (field: string) => {
    const again = query.sort.field === field;
    onSort({ field, direction: again && query.sort.direction === "asc" ? "desc" : "asc" });
  };
  return (
    <VirtualTable<Listing>
      label={label}
      columns={columns}
      total={list.total ?? 0}
      rowAt={list.rowAt}
      rowId={(listing) => listing.id}
      rowLabel={(listing) => listing.title}
      onVisible={list.onVisible}
      cursor={kept.listKey === listKey ? kept.index : 0}
      onCursor={(index) => keep({ listKey, index })}
      onOpen={(listing) => onOpen(listing.id)}
      sort={query.sort}
      onSort={sortBy}
      listKey={listKey}
    />
  );
}
