import type { Listing } from "../../../shared/entities/listing.ts";
import type { Directory } from "../../client/index.ts";
import { classNames } from "../../ui/class-names.ts";
import { formatCount } from "../../ui/format/numbers.ts";
import { ago } from "../../ui/format/times.ts";
import type { Column } from "../../ui/table/columns.ts";
import { customColumn, customRecordFields } from "../record-fields/index.ts";
import { priceText, statusLabels } from "./listing-words.ts";
import { StatusMark } from "./status-mark.tsx";
import styles from "./listings.module.css";

type ListingColumn = Column<Listing>;

/** What a list shows where nobody has chosen: these, and whatever the tenant has added. */
export function firstColumns(directory: Directory): string[] {
  const own = customRecordFields(directory, "listings").map(({ path }) => path);
  return ["title", "status", "price", "city", "type", "landSize", "owner", ...own];
}

/**
 * Everything a list of listings can show: what only those see who have chosen it stays as long as the city. `now` makes
 * relative times.
 */
export function listingColumns(directory: Directory, now: Date): ListingColumn[] {
  const label = (field: string) => directory.fieldLabel("listings", field);
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
    text("address", label("address"), 160),
    text("city", label("city"), 100),
    { ...text("type", label("type"), 120), dropOrder: 2 },
    count("bedrooms", label("bedrooms"), 88),
    count("bathrooms", label("bathrooms"), 92),
    count("parking", label("parking"), 76),
    { ...count("landSize", "m²", 72), dropOrder: 3 },
    {
      key: "owner",
      label: label("ownerId"),
      width: 96,
      dropOrder: 1,
      render: ({ ownerId }) => (ownerId ? directory.personName(ownerId) : "–"),
    },
    {
      key: "updatedAt",
      label: "Changed",
      width: 88,
      sortable: true,
      dropOrder: 4,
      render: ({ updatedAt }) => <span className="tabular">{ago(new Date(updatedAt), now)}</span>,
    },
    ...ownColumns(directory, now),
  ];
}

/** The tenant's own stay longer than what every tenant's listings have, but for title, status, price and city. */
function ownColumns(directory: Directory, now: Date): ListingColumn[] {
  const fields = customRecordFields(directory, "listings");
  return fields.map((field, index) => ({
    ...customColumn<Listing>(field, "listings", directory, now),
    dropOrder: 4 - (index + 1) / (fields.length + 1),
  }));
}

function text(key: "address" | "city" | "type", label: string, width: number): ListingColumn {
  const render = (listing: Listing) => <bdi className="cut">{listing[key]}</bdi>;
  return { key, label, width, grow: 1, dropOrder: 4, sortable: true, render };
}

function count(
  key: "bedrooms" | "bathrooms" | "parking" | "landSize",
  label: string,
  width: number,
): ListingColumn {
  const render = (listing: Listing) => {
    const value = listing[key];
    return value === null ? "–" : formatCount(value);
  };
  return { key, label, width, align: "end", dropOrder: 4, sortable: true, render };
}
