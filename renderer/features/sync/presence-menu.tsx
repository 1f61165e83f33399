import { ChevronDown } from "lucide-react";
import { people, setPresence, syncStatus } from "../../../shared/rpc/contract/sync.ts";
import { useCommand, useEdits, useLive } from "../../client/index.ts";
import { Icon } from "../../ui/display/icon.tsx";
import { Menu, MenuDivider, MenuItem, MenuLabel } from "../../ui/floating/menu.tsx";
import { formatDuration } from "../../ui/format/times.ts";
import { useNow } from "../../ui/format/use-now.ts";
import { Colleagues } from "./colleagues.tsx";
import { PresenceDot } from "./presence-dot.tsx";
import { choosable, presenceLabels, type Presence } from "./presence-words.ts";
import styles from "./presence.module.css";

/** "● Available 02:14": how others see me, for how long, and the choice of another. */
export function PresenceMenu({ end }: { end?: string }) {
  const presence = useLive(people, {}).value;
  const set = useCommand(setPresence);
  const { report } = useEdits();
  const now = useNow(1_000);
  const unreachable = useLive(syncStatus, {}).value?.phase === "offline";
  const chosen = presence?.mine ?? "offline";
  // Others see nobody who is not connected, whatever is chosen; the choice comes back with the network.
  const mine = unreachable ? "offline" : chosen;
  const choose = async (next: Presence) => {
    const result = await set({ presence: next });
    // Said only when it failed: the header shows the rest.
    if (!result.ok) report(result, "");
  };
  return (
    <Menu
      position="bottom-end"
      target={
        <button type="button" className={styles["head"]}>
          <PresenceDot presence={mine} />
          <span className={styles["mine"]}>
            <span className="visually-hidden">Presence: </span>
            {presenceLabels[mine]}
          </span>
          <span className={styles["since"]}>
            {end ?? (unreachable ? "" : sinceText(presence?.since, now))}
          </span>
          <Icon of={ChevronDown} size={14} />
        </button>
      }
    >
      {choosable.map((choice) => (
        <MenuItem
          key={choice}
          mark={<PresenceDot presence={choice} />}
          checked={choice === chosen}
          onClick={() => void choose(choice)}
        >
          {presenceLabels[choice]}
        </MenuItem>
      ))}
      <MenuDivider />
      <MenuLabel>Colleagues</MenuLabel>
      <Colleagues />
    </Menu>
  );
}

function sinceText(since: string | undefined, now: Date): string {
  if (!since) return "";
  const text = formatDuration((now.getTime() - Date.parse(since)) / 1000);
  return text.length === 4 ? `0${text}` : text;
}
