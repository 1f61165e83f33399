import type { ReactNode } from "react";
import { EmptyState } from "../../../renderer/ui/display/empty-state.tsx";
import { ReorderList } from "../parts/reorder-list.tsx";
import { ListRow, RowHeading, RowList } from "../parts/row-list.tsx";
import { useSetting, type KeyedSetting, type SettingKind } from "./use-setting.ts";
import styles from "./settings.module.css";

/** What is in use, in an order that one may change, and what is archived below it. */
export function SettingList<Item extends KeyedSetting>({
  label,
  of,
  items,
  openId,
  addressOf,
  mark,
  note,
  empty,
}: {
  label: string;
  of: SettingKind;
  items: readonly Item[] | undefined;
  openId: string | undefined;
  addressOf: (item: Item) => readonly string[];
  /** Before the name. */
  mark?: (item: Item) => ReactNode;
  /** After the name, paler. */
  note: (item: Item) => ReactNode;
  empty: ReactNode;
}) {
  const setting = useSetting(of);
  const used = items?.filter(({ archived }) => !archived) ?? [];
  const archived = items?.filter((item) => item.archived) ?? [];
  const ids = used.map(({ id }) => id);
  const row = (item: Item) => (
    <ListRow
      to={addressOf(item)}
      isOpen={item.id === openId}
      faded={item.archived}
      mark={mark?.(item)}
      note={note(item)}
    >
      {item.label}
    </ListRow>
  );
  return (
    <RowList>
      {items && used.length === 0 && <EmptyState>{empty}</EmptyState>}
      <ReorderList
        label={label}
        items={used}
        idOf={({ id }) => id}
        nameOf={(item) => item.label}
        render={row}
        onReorder={(next) => void setting.reorder(next, ids)}
      />
      {archived.length > 0 && (
        <div className={styles["rest"]}>
          <RowHeading>Archived</RowHeading>
          <ul>
            {archived.map((item) => (
              <li key={item.id}>{row(item)}</li>
            ))}
          </ul>
        </div>
      )}
    </RowList>
  );
}
