import { useNavigate, useSearch } from "@tanstack/react-router";
import { LayoutGrid, List, Plus } from "lucide-react";
import { useDeferredValue, useState } from "react";
import type { Filter } from "../../../shared/entities/setting.ts";
import { useDirectory } from "../../client/index.ts";
import { Button } from "../../ui/controls/button.tsx";
import { Segmented } from "../../ui/controls/segmented.tsx";
import { TabBar, Tabs } from "../../ui/controls/tabs.tsx";
import { EmptyState } from "../../ui/display/empty-state.tsx";
import { countOf } from "../../ui/format/numbers.ts";
import { useShortcuts } from "../../ui/keys/shortcuts.tsx";
import { ColumnsButton } from "../../ui/table/columns-button.tsx";
import { customRecordFields } from "../record-fields/index.ts";
import { completeFilters, FilterChips } from "../record-filters/index.ts";
import { TopBar, TopBarSearch, useListNote } from "../shell/index.ts";
import { NoneYet } from "../sync/index.ts";
import { ListingCards } from "./listing-cards.tsx";
import { ListingDrawer } from "./listing-drawer.tsx";
import { ListingTable } from "./listing-table.tsx";
import { statusLabels, type ListingStatus } from "./listing-words.ts";
import { readListingsSearch, type ListingsSearch } from "./listings-search.ts";
import { useAddListing } from "./use-add-listing.ts";
import { useListingColumns } from "./use-listing-columns.ts";
import { useListingRows, type ListingsQuery } from "./use-listing-rows.ts";
import styles from "./listings.module.css";

const tabs: { key: ListingStatus | "all"; label: string }[] = [
  { key: "all", label: "All" },
  ...(Object.entries(statusLabels) as [ListingStatus, string][]).map(([key, label]) => ({ key, label })),
];

export function ListingsScreen() {
  const { search, go } = useListingsSearch();
  const directory = useDirectory();
  const { term } = directory;
  const [text, setText] = useState("");
  const [sort, setSort] = useState<ListingsQuery["sort"]>({ field: "updatedAt", direction: "desc" });
  const [filters, setFilters] = useState<Filter[]>([]);
  const fields = customRecordFields(directory, "listings");
  const query: ListingsQuery = {
    search: useDeferredValue(text),
    status: search.show ?? "all",
    filters: completeFilters(filters, fields),
    sort,
  };
  const list = useListingRows(query);
  const { columns, choice } = useListingColumns();
  const open = (id: string) => go({ open: id });
  const adding = useAddListing(open);
  useListNote(list.total === undefined ? null : countOf(list.total, term("listing"), term("listings")));
  useShortcuts("screen", [
    {
      id: "new-listing",
      keys: "n",
      title: `New ${term("listing")}`,
      group: "Listings",
      run: (event) => (event.preventDefault(), adding.begin()),
    },
  ]);
  const name = capital(term("listings"));
  return (
    <>
      <TopBar crumbs={[{ label: name }]}>
        <TopBarSearch value={text} onChange={setText} placeholder={`Search ${term("listings")}`} />
        <Button icon={Plus} keys="n" onClick={adding.begin}>
          New {term("listing")}
        </Button>
      </TopBar>
      <TabBar>
        <Tabs
          label="Which"
          tabs={tabs}
          value={search.show ?? "all"}
          onChange={(key) => go({ show: key === "all" ? undefined : key })}
        />
        <span className={styles["layout"]}>
          {search.layout !== "cards" && <ColumnsButton {...choice} />}
          <Segmented
            label="Layout"
            segments={[
              { value: "list", label: "List", icon: List },
              { value: "cards", label: "Cards", icon: LayoutGrid },
            ]}
            value={search.layout ?? "list"}
            onChange={(layout) => go({ layout: layout === "cards" ? "cards" : undefined })}
          />
        </span>
      </TabBar>
      {fields.length > 0 && (
        <div className={styles["filters"]}>
          <FilterChips collection="listings" fields={fields} filters={filters} onChange={setFilters} />
        </div>
      )}
      {list.total === 0 && (
        <NoListings
          searching={text !== "" || search.show !== undefined || filters.length > 0}
          onAdd={adding.begin}
        />
      )}
      {(list.total ?? 0) > 0 &&
        (search.layout === "cards" ? (
          <ListingCards list={list} onOpen={open} />
        ) : (
          <ListingTable
            label={name}
            list={list}
            columns={columns}
            query={query}
            onSort={setSort}
            onOpen={open}
          />
        ))}
      <ListingDrawer id={search.open ?? null} onClose={() => go({ open: undefined })} />
      {adding.dialog}
    </>
  );
}

function useListingsSearch() {
  const search = readListingsSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const go = (part: ListingsSearch) =>
    void navigate({ to: "/listings", search: { ...search, ...part }, replace: true });
  return { search, go };
}

function NoListings({ searching, onAdd }: { searching: boolean; onAdd: () => void }) {
  const { term } = useDirectory();
  if (searching)
    return <EmptyState>No {term("listing")} here fits. Look under All, or search for less.</EmptyState>;
  return (
    <NoneYet of={term("listings")}>
      No {term("listings")} yet.{" "}
      <Button kind="link" onClick={onAdd}>
        Add one
      </Button>
    </NoneYet>
  );
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
