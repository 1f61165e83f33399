import { X } from "lucide-react";
import { useState } from "react";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { IconButton } from "../../../ui/controls/button.tsx";
import { Segmented } from "../../../ui/controls/segmented.tsx";
import { Avatar } from "../../../ui/display/avatar.tsx";
import { EmptyState } from "../../../ui/display/empty-state.tsx";
import { shortDate } from "../../../ui/format/times.ts";
import { useNow } from "../../../ui/format/use-now.ts";
import type { InsightsModel } from "../model/use-insights.ts";
import { AssignForm } from "./assign-form.tsx";
import { Comments } from "./comments.tsx";
import { MomentPlayer } from "./moment-player.tsx";
import { Scoring } from "./scoring.tsx";
import { useMoment, type MomentView } from "./use-moment.ts";
import styles from "./side.module.css";

type Mode = "assign" | "comments" | "score";

/** One moment: to hear it, to read it, and to say something of it. */
export function MomentPanel({
  model,
  callId,
  atMs,
}: {
  model: InsightsModel;
  callId: RecordId;
  atMs: number;
}) {
  const view = useMoment(callId, atMs);
  const [mode, setMode] = useState<Mode>("assign");
  const leave = () => model.go({ call: undefined, at: undefined });
  // Agents are coached, they assign and score nothing.
  const shown = model.coaches ? mode : "comments";
  return (
    <>
      <header className={styles["title"]}>
        <h2>{{ assign: "Assign coaching", comments: "Comments", score: "Score this call" }[shown]}</h2>
        <IconButton icon={X} label="Leave the moment" keys="escape" onClick={leave} />
      </header>
      {view === null && <EmptyState>This call is not on this device.</EmptyState>}
      {view && (
        <>
          {model.coaches && <Modes mode={mode} view={view} onChange={setMode} />}
          <div className={styles["scroll"]}>
            <About view={view} />
            <MomentPlayer view={view} />
            {shown === "comments" && <Comments view={view} atMs={atMs} onOpen={(at) => model.go({ at })} />}
            {shown === "score" && <Scoring key={view.review.mine?.id ?? "new"} view={view} />}
          </div>
          {shown === "assign" && <AssignForm view={view} model={model} onDone={leave} />}
        </>
      )}
    </>
  );
}

function About({ view: { agentName, leadName, startedAt, moment } }: { view: MomentView }) {
  const now = useNow();
  return (
    <div className={styles["about"]}>
      <Avatar name={agentName} />
      <p className="cut">
        <strong>
          <bdi>{agentName}</bdi>
        </strong>{" "}
        {leadName && (
          <>
            call with <bdi>{leadName}</bdi>
          </>
        )}
      </p>
      <time dateTime={startedAt.toISOString()}>{shortDate(startedAt, now)}</time>
      {moment && <p className={styles["what"]}>{moment.text}</p>}
    </div>
  );
}

function Modes({ mode, view, onChange }: { mode: Mode; view: MomentView; onChange: (mode: Mode) => void }) {
  const { comments, mine, hidden } = view.review;
  return (
    <div className={styles["modes"]}>
      <Segmented
        label="What to do"
        segments={[
          { value: "assign", label: "Assign" },
          { value: "comments", label: comments.length > 0 ? `Comments ${comments.length}` : "Comment" },
          { value: "score", label: mine ? "Scored" : hidden > 0 ? `Score (${hidden} waiting)` : "Score" },
        ]}
        value={mode}
        onChange={onChange}
      />
    </div>
  );
}
