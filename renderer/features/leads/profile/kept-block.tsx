import type { Lead } from "../../../../shared/entities/lead.ts";
import { session } from "../../../../shared/rpc/contract/session.ts";
import { settleKept } from "../../../../shared/rpc/contract/records.ts";
import type { TimelineItem } from "../../../../shared/rpc/contract/leads.ts";
import { fieldText, useCommand, useDirectory, useEdits, useLive } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { clockTime } from "../../../ui/format/times.ts";
import styles from "./timeline.module.css";

type KeptItem = Extract<TimelineItem, { kind: "kept" }>;

/** Two people changed one field: what stands, what was kept, and the choice. */
export function KeptBlock({ item, lead, now }: { item: KeptItem; lead: Lead; now: Date }) {
  const { kept, stands } = item;
  const directory = useDirectory();
  const settle = useCommand(settleKept);
  const { report } = useEdits();
  const me = useMyId();
  const label = directory.fieldLabel("leads", kept.field);
  const text = (value: typeof stands) => fieldText(directory, "leads", kept.field, value, now);
  const decide = async (use: boolean) => {
    const chosen = text(use ? kept.value : stands);
    report(
      await settle({ collection: "leads", id: lead.id, keptId: kept.id, use }),
      `${label} of ${lead.name} is ${chosen}`,
    );
  };
  const winner = kept.wonById === me ? "You" : directory.personName(kept.wonById);
  const loser = kept.byId === me ? "your" : `${directory.personName(kept.byId)}’s`;
  return (
    <div className={styles["kept"]} id={`kept-${kept.field}`}>
      <p>
        {winner} changed {label} to {text(stands)} at {clockTime(new Date(item.at))}; {loser}{" "}
        {text(kept.value)} is kept here
      </p>
      <div className={styles["kept-choice"]}>
        <Button size="small" onClick={() => void decide(false)}>
          <span className={styles["verb"]}>Keep</span> <bdi className="cut">{text(stands)}</bdi>
        </Button>
        <Button size="small" onClick={() => void decide(true)}>
          <span className={styles["verb"]}>Use</span> <bdi className="cut">{text(kept.value)}</bdi>
        </Button>
        <span className={styles["kept-note"]}>Both stay in the history</span>
      </div>
    </div>
  );
}

function useMyId(): string | null {
  const state = useLive(session, {}).value?.session;
  return state?.state === "signed-in" ? state.person.userId : null;
}
