import { Kbd } from "../../ui/display/kbd.tsx";
import { Dialog } from "../../ui/floating/dialog.tsx";
import type { Shortcut } from "../../ui/keys/shortcut-registry.ts";
import { useActiveShortcuts } from "../../ui/keys/shortcuts.tsx";
import { closeKeys, useDesk } from "../shell/index.ts";
import styles from "./palette.module.css";

/** Every key that works where one is now. */
export function KeySheet() {
  const opened = useDesk((desk) => desk.keysOpen);
  return opened ? <OpenKeySheet /> : null;
}

function OpenKeySheet() {
  const shortcuts = useActiveShortcuts();
  return (
    <Dialog opened onClose={closeKeys} title="Keys" width={640}>
      <div className={styles["sheet"]} tabIndex={-1} data-autofocus>
        {Object.entries(groupShortcuts([...moving, ...shortcuts])).map(([group, lines]) => (
          <section key={group} className={styles["group"]}>
            <h3>{group}</h3>
            {lines.map(({ id, title, keys }) => (
              <div key={id} className={styles["key-line"]}>
                {title}
                <Kbd keys={keys} />
              </div>
            ))}
          </section>
        ))}
      </div>
    </Dialog>
  );
}

type Line = Pick<Shortcut, "id" | "title" | "keys" | "group">;

/** Keys that lists read themselves. */
const moving: Line[] = [
  { id: "open", title: "Open", keys: "enter", group: "In lists" },
  { id: "tick", title: "Select", keys: "space", group: "In lists" },
  { id: "tick-range", title: "Select as you move", keys: "shift+arrowdown", group: "In lists" },
  { id: "ends", title: "First, last", keys: "Home End", group: "In lists" },
];

function groupShortcuts(lines: readonly Line[]): Record<string, Line[]> {
  const groups: Record<string, Line[]> = {};
  const seen = new Set<string>();
  for (const line of lines) {
    if (line.keys === "" || seen.has(line.id)) continue;
    seen.add(line.id);
    (groups[line.group] ??= []).push(line);
  }
  return groups;
}
