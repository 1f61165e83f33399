import { useMemo } from "react";
import type { Listing } from "../../../shared/entities/listing.ts";
import { preferences, setPreferences } from "../../../shared/rpc/contract/session.ts";
import { useCommand, useDirectory, useLive } from "../../client/index.ts";
import { useNow } from "../../ui/format/use-now.ts";
import type { ColumnsChoice } from "../../ui/table/columns-button.tsx";
import { withFirst, type Column } from "../../ui/table/columns.ts";
import { firstColumns, listingColumns } from "./listing-columns.tsx";

/** The columns that somebody has chosen on this machine, and what lets them choose. */
export function useListingColumns(): { columns: Column<Listing>[]; choice: ColumnsChoice } {
  const directory = useDirectory();
  const now = useNow(60_000);
  const chosen = useLive(preferences, {}).value?.listingColumns ?? null;
  const prefer = useCommand(setPreferences);
  const all = useMemo(() => listingColumns(directory, now), [directory, now]);
  const shown = useMemo(() => withFirst("title", chosen ?? firstColumns(directory)), [chosen, directory]);
  const columns = useMemo(() => shown.flatMap((key) => all.find((column) => column.key === key) ?? []), [all, shown]); // prettier-ignore
  const keep = (keys: string[] | null) => void prefer({ listingColumns: keys });
  const choice = { columns: all, shown, always: "title", onChange: keep, onReset: () => keep(null) };
  return { columns, choice };
}
