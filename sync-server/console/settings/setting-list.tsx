import type { ReactNode } from "react";
import { classNames } from "../../../renderer/ui/class-names.ts";
import { EmptyState } from "../../../renderer/ui/display/empty-state.tsx";
import { Link } from "../parts/link.tsx";
import { ReorderList } from "../parts/reorder-list.tsx";
import { useSetting, type OrderedSetting } from "./use-setting.ts";
import styles from "./settings.module.css";

/** What is in use, in an order that one may change, and what is archived below it. */
export function SettingList<Item extends OrderedSetting>({
  label,
  path,
  items,
  openId,
  addressOf,
  mark,
  note,
  empty,
}: {
  label: string;
  /** Below /api/v1. */
  path: string;
  items: readonly Item[] | undefined;
  openId: string | undefined;
  addressOf: (item: Item) => readonly string[];
  /** Before the name. */
  mark?: (item: Item) => ReactNode;
  /** After the name, paler. */
  note: (item: Item) => ReactNode;
  empty: ReactNode;
}) {
  const setting = useSetting(path);
  const used = items?.filter(({ archived }) => !archived) ?? [];
  const archived = items?.filter((item) => item.archived) ?? [];
  const ids = used.map(({ id }) => id);
  const row = (item: Item) => (
    <Link
      to={addressOf(item)}
      className={classNames(styles["row"], item.archived && styles["archived"])}
      aria-current={item.id === openId || undefined}
    >
      {mark?.(item)}
      <span className="cut">{item.label}</span>
      <span className={styles["note"]}>{note(item)}</span>
    </Link>
  );
  return (
    <div className={styles["lists"]}>
      {items && used.length === 0 && <EmptyState>{empty}</EmptyState>}
      <ReorderList
        label={label}
        items={used}
        idOf={({ id }) => id}
        nameOf={(item) => item.label}
        render={row}
        onReorder={(next) => void setting.reorder(next, ids, "The order is changed.")}
      />
      {archived.length > 0 && (
        <>
          <h2 className={styles["heading"]}>Archived</h2>
          <ul className={styles["rest"]}>
            {archived.map((item) => (
              <li key={item.id}>{row(item)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
