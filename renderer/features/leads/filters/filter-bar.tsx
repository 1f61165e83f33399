import { ArrowDownWideNarrow, ArrowUpNarrowWide } from "lucide-react";
import { Button } from "../../../ui/controls/button.tsx";
import { Menu, MenuDivider, MenuItem } from "../../../ui/floating/menu.tsx";
import { ColumnsButton } from "../../../ui/table/columns-button.tsx";
import { FilterChips } from "../../record-filters/index.ts";
import { defaultColumns } from "../list/default-columns.ts";
import { leadColumns } from "../list/lead-columns.tsx";
import { sortedBy } from "../list/sorting.ts";
import { sortableFields } from "../model/lead-fields.ts";
import type { LeadListModel } from "../model/use-lead-list.ts";
import styles from "./filters.module.css";

/** What a view shows: filters as sentences, the order, the columns. */
export function FilterBar({ list, children }: { list: LeadListModel; children?: React.ReactNode }) {
  return (
    <div className={styles["bar"]}>
      <FilterChips
        collection="leads"
        fields={list.fields}
        filters={list.view.filters}
        onChange={(filters) => list.change({ filters })}
      >
        {children}
      </FilterChips>
      <SortMenu list={list} />
      <Columns list={list} />
    </div>
  );
}

function SortMenu({ list }: { list: LeadListModel }) {
  const { sort } = list.view;
  const fields = sortableFields(list.directory);
  const current = fields.find(({ path }) => path === sort.field);
  return (
    <Menu
      position="bottom-end"
      target={
        <Button
          kind="quiet"
          size="small"
          icon={sort.direction === "desc" ? ArrowDownWideNarrow : ArrowUpNarrowWide}
          aria-label={`Sorted by ${current?.label ?? sort.field}`}
        >
          {current?.label ?? "Sort"}
        </Button>
      }
    >
      <MenuItem
        checked={sort.direction === "asc"}
        onClick={() => list.change({ sort: { ...sort, direction: "asc" } })}
      >
        Lowest, A or oldest first
      </MenuItem>
      <MenuItem
        checked={sort.direction === "desc"}
        onClick={() => list.change({ sort: { ...sort, direction: "desc" } })}
      >
        Highest, Z or newest first
      </MenuItem>
      <MenuDivider />
      {fields.map(({ path, label }) => (
        <MenuItem
          key={path}
          checked={path === sort.field}
          onClick={() =>
            list.change({ sort: path === sort.field ? sort : sortedBy(sort, path, list.fields) })
          }
        >
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
}

function Columns({ list }: { list: LeadListModel }) {
  return (
    <ColumnsButton
      columns={leadColumns(list.directory, list.fields, new Date(0), () => undefined)}
      shown={list.columns}
      always="name"
      onChange={list.setColumns}
      onReset={() => list.setColumns([...defaultColumns])}
    />
  );
}
