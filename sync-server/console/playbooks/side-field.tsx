import { Segmented } from "../../../renderer/ui/controls/segmented.tsx";
import type { Trigger } from "../../../shared/entities/playbook.ts";
import styles from "./playbooks.module.css";
import type { ChangeTrigger } from "./trigger-editor.tsx";

type Heard = Extract<Trigger, { kind: "phrases" | "pattern" | "meaning" }>;

/** Who says it; `says` ends the sentence. */
export function SideField({
  trigger,
  change,
  says,
}: {
  trigger: Pick<Heard, "side">;
  change: ChangeTrigger;
  says: string;
}) {
  return (
    <div className={styles["side-line"]}>
      <Segmented
        label="Who says it"
        segments={[
          { value: "customer", label: "Customer" },
          { value: "agent", label: "Agent" },
          { value: "either", label: "Either" },
        ]}
        value={trigger.side}
        onChange={(side) =>
          change({ side }, `It listens to ${side === "either" ? "both" : `the ${side}`} now.`)
        }
      />
      {says}
    </div>
  );
}
