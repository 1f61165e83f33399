import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { EmptyState } from "../../../renderer/ui/display/empty-state.tsx";
import { ErrorLine } from "../../../renderer/ui/display/error-line.tsx";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import { countOf } from "../../../renderer/ui/format/numbers.ts";
import { useShortcuts } from "../../../renderer/ui/keys/shortcuts.tsx";
import { Teams } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { DotPlot } from "./dot-plot.tsx";
import { MomentWords } from "./moment-words.tsx";
import type { Chosen } from "./playbook-editor.tsx";
import { draftNumber, type Versions } from "./playbook-versions.ts";
import { countMoments, momentsOf, type Moment } from "./trial-model.ts";
import styles from "./trial.module.css";
import type { Trial } from "./use-trial.ts";

/** Where the chosen item or card would have come up in past calls, beside where it did by what is live. */
export function TrialPanel({
  versions,
  chosen,
  trial,
}: {
  versions: Versions;
  chosen: Chosen;
  trial: Trial;
}) {
  const [place, setPlace] = useState(0);
  const moments = chosen ? momentsOf(trial.calls, chosen) : [];
  const at = Math.min(place, moments.length - 1);
  const moment = moments[at];
  const step = (by: number) => setPlace(Math.max(0, Math.min(moments.length - 1, at + by)));
  useShortcuts("screen", [
    { id: "run", keys: "r", title: "Try against past calls again", group: "This page", run: trial.runAgain },
    { id: "next", keys: "j", title: "Next moment", group: "This page", run: () => step(1) },
    { id: "before", keys: "k", title: "Moment before", group: "This page", run: () => step(-1) },
  ]);
  return (
    <>
      <div className={styles["head"]}>
        <h2>Try against past calls</h2>
        <Button size="small" icon={RotateCcw} keys="r" onClick={trial.runAgain}>
          Run again
        </Button>
      </div>
      <Filters trial={trial} />
      {trial.state === "failed" && (
        <ErrorLine what={trial.trouble} kept="What was found before stays here." />
      )}
      {trial.unheard && (
        <p className={styles["quiet"]} role="note">
          Triggers by meaning stayed quiet: no model for embeddings answered.
        </p>
      )}
      {chosen && <Figures versions={versions} moments={moments} />}
      <div className={styles["plot"]}>
        <Findings
          trial={trial}
          chosen={chosen}
          moments={moments}
          shown={moment}
          onShow={(next) => setPlace(moments.indexOf(next))}
        />
      </div>
      {moment && (
        <MomentWords
          key={`${moment.call.callId} ${moment.hit.atMs}`}
          versions={versions}
          moment={moment}
          onJudge={async (useful) => {
            await trial.judge(moment.call.callId, moment.hit.key, moment.hit.atMs, useful);
            step(1);
          }}
          onSkip={() => step(1)}
        />
      )}
    </>
  );
}

function Filters({ trial: { filter, choose, state, tookMs, calls, total } }: { trial: Trial }) {
  const teams = useAnswer("/teams", Teams).value?.teams ?? [];
  return (
    <div className={styles["filters"]}>
      <Select
        label="How many calls"
        hideLabel
        compact
        value={`${filter.most} ${filter.days}`}
        choices={[
          { value: "50 7", label: "50 calls", note: "last 7 days" },
          { value: "200 30", label: "200 calls", note: "last 30 days" },
          { value: "500 90", label: "500 calls", note: "last 90 days" },
        ]}
        onChange={(next) => {
          const [most = 200, days = 30] = (next ?? "").split(" ").map(Number);
          choose({ most, days });
        }}
      />
      <Select
        label="Team"
        hideLabel
        compact
        clearable
        placeholder="Every team"
        value={filter.teamId}
        choices={teams.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(teamId) => choose({ teamId })}
      />
      <span className={styles["took"]} role="status">
        {state === "running"
          ? `${calls.length} of ${Math.min(total, filter.most)}`
          : `${(tookMs / 1_000).toFixed(1)} s`}
      </span>
    </div>
  );
}

function Figures({ versions, moments }: { versions: Versions; moments: readonly Moment[] }) {
  const draft = countMoments(moments.filter(({ inDraft }) => inDraft));
  const live = countMoments(moments.filter(({ inLive }) => inLive));
  const judged = moments.filter(({ useful }) => useful !== null);
  return (
    <dl className={styles["figures"]}>
      <Figure
        of={draft.times}
        rest={`in ${countOf(draft.calls, "call")}`}
        name={`Draft ${draftNumber(versions)}`}
        mark="draft"
      />
      {versions.live && (
        <Figure
          of={live.times}
          rest={`in ${countOf(live.calls, "call")}`}
          name={`${versions.live.version}, live`}
          mark="live"
        />
      )}
      {judged.length > 0 && (
        <Figure
          of={judged.filter(({ useful }) => useful).length}
          rest={`of ${judged.length}`}
          name="judged right"
        />
      )}
    </dl>
  );
}

function Figure({
  of,
  rest,
  name,
  mark,
}: {
  of: number;
  rest: string;
  name: string;
  mark?: "draft" | "live";
}) {
  return (
    <div>
      <dt>
        {mark && <span className={styles["mark"]} data-of={mark} />} {name}
      </dt>
      <dd data-of={mark}>
        <b>{of}</b> {rest}
      </dd>
    </div>
  );
}

function Findings({
  trial,
  chosen,
  moments,
  shown,
  onShow,
}: {
  trial: Trial;
  chosen: Chosen;
  moments: readonly Moment[];
  shown: Moment | undefined;
  onShow: (moment: Moment) => void;
}) {
  if (!chosen) return <EmptyState>Choose an item or a card to see where it would have come up.</EmptyState>;
  if (trial.state === "running" && trial.calls.length === 0) return null;
  if (trial.calls.length === 0)
    return (
      <EmptyState>
        No call of these days was transcribed. Look further back, or switch transcription on.
      </EmptyState>
    );
  if (moments.length === 0)
    return <EmptyState>It comes up in none of {countOf(trial.calls.length, "call")}.</EmptyState>;
  return <DotPlot calls={trial.calls} moments={moments} shown={shown} onShow={onShow} />;
}
