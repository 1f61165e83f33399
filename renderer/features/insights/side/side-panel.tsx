import type { RecordId } from "../../../../shared/entities/id.ts";
import type { InsightsModel } from "../model/use-insights.ts";
import { AssignmentsPanel } from "./assignments-panel.tsx";
import { MomentPanel } from "./moment-panel.tsx";
import styles from "./side.module.css";

/** The moment that was chosen, else what is being practised. */
export function SidePanel({ model }: { model: InsightsModel }) {
  const { call, at = 0 } = model.search;
  return (
    <aside className={styles["panel"]} aria-label="Coaching">
      {call === undefined ? (
        <AssignmentsPanel model={model} />
      ) : (
        <MomentPanel key={`${call} ${at}`} model={model} callId={call as RecordId} atMs={at} />
      )}
    </aside>
  );
}
