import { ChevronDown } from "lucide-react";
import { people, setPresence, syncStatus } from "../../../shared/rpc/contract/sync.ts";
import { useCommand, useDirectory, useEdits, useLive } from "../../client/index.ts";
import { Icon } from "../../ui/display/icon.tsx";
import { Menu, MenuDivider, MenuItem, MenuLabel } from "../../ui/floating/menu.tsx";
import { formatDuration } from "../../ui/format/times.ts";
import { useNow } from "../../ui/format/use-now.ts";
import { Colleagues } from "./colleagues.tsx";
import { PresenceDot } from "./presence-dot.tsx";
import { presenceChoices, presenceText, type PresenceChoice } from "./presence-words.ts";
import styles from "./presence.module.css";

/** "● Available 02:14": how others see me, for how long, and the choice of another. */
export function PresenceMenu({ end }: { end?: string }) {
  const presence = useLive(people, {}).value;
  const { breakReasons, breakLabel } = useDirectory();
  const set = useCommand(setPresence);
  const { report } = useEdits();
  const now = useNow(1_000);
  const unreachable = useLive(syncStatus, {}).value?.phase === "offline";
  const chosen = { presence: presence?.mine ?? "offline", reason: presence?.reason ?? "" };
  // Others see nobody who is not connected, whatever is chosen; the choice comes back with the network.
  const mine = unreachable ? ({ presence: "offline", reason: "" } as const) : chosen;
  const choose = async ({ presence: next, reason }: PresenceChoice) => {
    const result = await set({ presence: next, reason });
    // Said only when it failed: the header shows the rest.
    if (!result.ok) report(result, "");
  };
  return (
    <Menu
      position="bottom-end"
      target={
        <button type="button" className={styles["head"]}>
          <PresenceDot presence={mine.presence} />
          <span className={styles["mine"]}>
            <span className="visually-hidden">Presence: </span>
            {presenceText(mine, breakLabel)}
          </span>
          <span className={styles["since"]}>
            {end ?? (unreachable ? "" : sinceText(presence?.since, now))}
          </span>
          <Icon of={ChevronDown} size={14} />
        </button>
      }
    >
      {presenceChoices(breakReasons).map((choice) => (
        <MenuItem
          key={choice.label}
          mark={<PresenceDot presence={choice.presence} />}
          checked={choice.presence === chosen.presence && choice.reason === chosen.reason}
          onClick={() => void choose(choice)}
        >
          {choice.label}
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
