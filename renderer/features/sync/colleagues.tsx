import { people } from "../../../shared/rpc/contract/sync.ts";
import { useDirectory, useLive } from "../../client/index.ts";
import { Avatar } from "../../ui/display/avatar.tsx";
import { ago } from "../../ui/format/times.ts";
import { useNow } from "../../ui/format/use-now.ts";
import { PresenceDot } from "./presence-dot.tsx";
import { presenceText, sortColleagues } from "./presence-words.ts";
import styles from "./presence.module.css";

/** Who else is there, those who can be reached first. Stands in a menu, which may hold nothing but its items. */
export function Colleagues() {
  const directory = useDirectory();
  const now = useNow();
  const entries = useLive(people, {}).value?.people ?? [];
  const named = entries.map((entry) => ({ ...entry, name: directory.personName(entry.userId) }));
  if (named.length === 0) return <div className={styles["nobody"]}>Nobody else is here.</div>;
  return (
    <ul role="group" aria-label="Colleagues" className={styles["colleagues"]}>
      {sortColleagues(named).map(({ userId, name, presence, reason, since }) => (
        <li key={userId} role="menuitem" aria-disabled="true" className={styles["colleague"]}>
          <Avatar name={name} />
          <bdi className="cut">{name}</bdi>
          <span className={styles["state"]}>
            {presenceText({ presence, reason }, directory.breakLabel)}
            {presence === "break" && ` ${ago(new Date(since), now)}`}
          </span>
          <PresenceDot presence={presence} />
        </li>
      ))}
    </ul>
  );
}
