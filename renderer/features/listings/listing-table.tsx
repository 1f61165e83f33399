import { useMemo, useState } from "react";
import type { Listing } from "../../../shared/entities/listing.ts";
import { useDirectory, type Directory } from "../../client/index.ts";
import { classNames } from "../../ui/class-names.ts";
import { formatCount } from "../../ui/format/numbers.ts";
import { useNow } from "../../ui/format/use-now.ts";
import type { Column } from "../../ui/table/columns.ts";
import { VirtualTable } from "../../ui/table/virtual-table.tsx";
import { customColumn, customRecordFields } from "../record-fields/index.ts";
import { priceText, statusLabels } from "./listing-words.ts";
import { StatusMark } from "./status-mark.tsx";
import type { ListingsQuery, useListingRows } from "./use-listing-rows.ts";
import styles from "./listings.module.css";

const sortable = ["title", "price", "city", "landSize", "updatedAt"] as const;

export function ListingTable({
  label,
  list,
  query,
  onSort,
  onOpen,
}: {
  label: string;
  list: ReturnType<typeof useListingRows>;
  query: ListingsQuery;
  onSort: (sort: ListingsQuery["sort"]) => void;
  onOpen: (id: string) => void;
}) {
  const directory = useDirectory();
  const [cursor, setCursor] = useState(0);
  const now = useNow(60_000);
  const columns = useMemo(() => [...columnsOf(directory), ...ownColumns(directory, now)], [directory, now]);
  const sortBy = (key: string) => {
    const field = sortable.find((name) => name === key);
    if (!field) return;
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
      cursor={cursor}
      onCursor={setCursor}
      onOpen={(listing) => onOpen(listing.id)}
      sort={query.sort}
      onSort={sortBy}
      listKey={JSON.stringify(query)}
    />
  );
}

/** The tenant's own stay longer than what every tenant's listings have, but for title, status, price and city. */
function ownColumns(directory: Directory, now: Date): Column<Listing>[] {
  const fields = customRecordFields(directory, "listings");
  return fields.map((field, index) => ({
    ...customColumn(field, "listings", directory, now),
    dropOrder: 4 - (index + 1) / (fields.length + 1),
  }));
}

function columnsOf(directory: Directory): Column<Listing>[] {
  return [
    {
      key: "title",
      label: "Title",
      width: 200,
      grow: 3,
      sortable: true,
      render: ({ title }) => <bdi className={classNames("cut", styles["title"])}>{title}</bdi>,
    },
    {
      key: "status",
      label: "Status",
      width: 104,
      render: ({ status }) => (
        <span className={styles["status"]}>
          <StatusMark status={status} /> {statusLabels[status]}
        </span>
      ),
    },
    {
      key: "price",
      label: "Price",
      width: 104,
      align: "end",
      sortable: true,
      render: (listing) => priceText(listing),
    },
    {
      key: "city",
      label: "City",
      width: 100,
      grow: 1,
      dropOrder: 4,
      sortable: true,
      render: ({ city }) => <bdi className="cut">{city}</bdi>,
    },
    { key: "type", label: "Type", width: 120, grow: 1, dropOrder: 2, render: ({ type }) => type },
    {
      key: "landSize",
      label: "m²",
      width: 72,
      align: "end",
      dropOrder: 3,
      sortable: true,
      render: ({ landSize }) => (landSize === null ? "–" : formatCount(landSize)),
    },
    {
      key: "owner",
      label: "Owner",
      width: 96,
      dropOrder: 1,
      render: ({ ownerId }) => (ownerId ? directory.personName(ownerId) : "–"),
    },
  ];
}
