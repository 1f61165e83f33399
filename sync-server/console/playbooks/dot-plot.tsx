import { formatDuration } from "../../../renderer/ui/format/times.ts";
import type { TriedCall } from "../../admin/playbooks/wire.ts";
import { countMoments, otherOf, scaleMs, type Moment } from "./trial-model.ts";
import styles from "./trial.module.css";

/** A line for each call that has a moment, as long as the call: full = the draft's, ringed = what is live has it too. */
export function DotPlot({
  calls,
  moments,
  shown,
  onShow,
}: {
  calls: readonly TriedCall[];
  moments: readonly Moment[];
  shown: Moment | undefined;
  onShow: (moment: Moment) => void;
}) {
  const byCall = [...Map.groupBy(moments, ({ call }) => call).entries()];
  const endMs = scaleMs(byCall.map(([call]) => call));
  const without = calls.length - countMoments(moments).calls;
  return (
    <>
      <div className={styles["axis"]} aria-hidden>
        <span>Call</span>
        <span className={styles["ticks"]}>
          {[0, endMs / 2, endMs].map((ms) => (
            <span key={ms}>{formatDuration(ms / 1_000)}</span>
          ))}
        </span>
      </div>
      <ul aria-label="Calls in which it comes up">
        {byCall.map(([call, own]) => (
          <li key={call.callId}>
            <CallLine call={call} moments={own} endMs={endMs} shown={shown} onShow={onShow} />
          </li>
        ))}
      </ul>
      {without > 0 && <p className={styles["without"]}>{without} more without</p>}
    </>
  );
}

function CallLine({
  call,
  moments,
  endMs,
  shown,
  onShow,
}: {
  call: TriedCall;
  moments: readonly Moment[];
  endMs: number;
  shown: Moment | undefined;
  onShow: (moment: Moment) => void;
}) {
  const { agent, durationMs } = call;
  const [first] = moments;
  const isShown = moments.some((one) => one === shown || one.hit === shown?.hit);
  const times = moments.map(({ hit }) => formatDuration(hit.atMs / 1_000)).join(", ");
  return (
    <button
      type="button"
      className={styles["call"]}
      aria-current={isShown || undefined}
      aria-label={`${otherOf(call)}, ${agent}: ${times}`}
      onClick={() => first && onShow(first)}
    >
      <span className="cut">
        <bdi>{otherOf(call)}</bdi> <span className={styles["agent"]}>{agent.split(" ")[0]}</span>
      </span>
      <span className={styles["track"]}>
        <span className={styles["length"]} style={{ inlineSize: `${(durationMs / endMs) * 100}%` }} />
        {moments.map(({ hit, inDraft, inLive }) => (
          <span
            key={hit.atMs}
            className={styles["dot"]}
            data-draft={inDraft || undefined}
            data-live={inLive || undefined}
            style={{ insetInlineStart: `${(hit.atMs / endMs) * 100}%` }}
          />
        ))}
      </span>
    </button>
  );
}
