import { Pause, Play, RotateCcw } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "../../../ui/controls/button.tsx";
import { formatDuration } from "../../../ui/format/times.ts";
import { useShortcuts } from "../../../ui/keys/shortcuts.tsx";
import { usePlayer } from "../../calls/index.ts";
import { Wave } from "../charts/wave.tsx";
import type { MomentView } from "./use-moment.ts";
import styles from "./side.module.css";

const speeds = [1, 1.25, 1.5, 2];
const backMs = 5_000;
/** What was said right before and after explains a moment. */
const aroundMs = 8_000;
const mostLines = 8;

/** The recording from the moment on, who spoke when, and what was said around it. */
export function MomentPlayer({ view }: { view: MomentView }) {
  const { callId, review, span, recorded } = view;
  const { state, atMs, speed, trouble, missing, place, toggle, setSpeed, playFrom } = usePlayer(callId);
  const untilMs = useRef<number | null>(null);
  const playing = state === "playing";
  useEffect(() => {
    if (!playing || untilMs.current === null || atMs < untilMs.current) return;
    untilMs.current = null;
    toggle();
  }, [playing, atMs, toggle]);
  const play = (ms: number, until: number | null = null) => {
    untilMs.current = until;
    playFrom(Math.max(0, ms));
  };
  const playMoment = () => (playing ? toggle() : play(span.fromMs, span.toMs));
  useShortcuts(
    "panel",
    recorded
      ? [{ id: "moment-play", keys: "p", title: "Play the moment", group: "Insights", run: playMoment }]
      : [],
  );
  return (
    <section aria-label="Recording and transcript" className={styles["heard"]}>
      <Wave
        wave={review.wave}
        durationMs={review.durationMs}
        atMs={state === "idle" ? span.fromMs : atMs}
        span={span}
        height={44}
        onSeek={recorded ? play : undefined}
      />
      <p className={styles["ends"]}>
        <span>0:00</span>
        <span>{formatDuration(review.durationMs / 1_000)}</span>
      </p>
      {/* The recording's own wave is not shown: this one says who spoke. */}
      <div ref={place} className={styles["silent"]} />
      {recorded ? (
        <div className={styles["controls"]}>
          <Button
            size="small"
            icon={playing ? Pause : Play}
            disabled={state === "loading"}
            onClick={playMoment}
          >
            {playing
              ? "Pause"
              : `Play ${formatDuration(span.fromMs / 1_000)} to ${formatDuration(span.toMs / 1_000)}`}
          </Button>
          <Button
            kind="quiet"
            size="small"
            icon={RotateCcw}
            disabled={state === "idle"}
            onClick={() => play(atMs - backMs)}
          >
            5 s
          </Button>
          <Speed speed={speed} onChange={setSpeed} />
        </div>
      ) : (
        <p className={styles["quiet"]}>This call was not recorded.</p>
      )}
      {recorded && missing && <p className={styles["quiet"]}>The recording is not on this computer.</p>}
      {trouble && (
        <p role="alert" className={styles["trouble"]}>
          {trouble}
        </p>
      )}
      <Lines view={view} atMs={playing ? atMs : null} onPlay={recorded ? play : undefined} />
    </section>
  );
}

function Speed({ speed, onChange }: { speed: number; onChange: (speed: number) => void }) {
  const next = speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1;
  const shown = `${speed.toFixed(speed % 1 === 0 ? 1 : 2)}×`;
  return (
    <Button kind="quiet" size="small" aria-label={`Speed ${shown}`} onClick={() => onChange(next)}>
      {shown}
    </Button>
  );
}

function Lines({
  view: { segments, span, nameAt, leadName },
  atMs,
  onPlay,
}: {
  view: MomentView;
  atMs: number | null;
  onPlay: ((ms: number) => void) | undefined;
}) {
  const around = segments.filter(
    ({ startMs, endMs }) => endMs >= span.fromMs - aroundMs && startMs <= span.toMs + aroundMs,
  );
  const first = (name: string) => name.split(" ")[0] ?? name;
  const nameOf = { agent: nameAt, customer: () => leadName ?? "Customer" };
  if (around.length === 0)
    return <p className={styles["quiet"]}>No transcript of this moment is on this device.</p>;
  return (
    <ol className={styles["lines"]}>
      {around.slice(0, mostLines).map(({ id, speaker, startMs, endMs, text }) => (
        <li key={id} aria-current={atMs !== null && atMs >= startMs && atMs < endMs}>
          <button type="button" disabled={!onPlay} onClick={() => onPlay?.(startMs)}>
            {formatDuration(startMs / 1_000)}
          </button>
          <bdi data-speaker={speaker} className="cut">
            {first(nameOf[speaker](startMs))}
          </bdi>
          <bdi dir="auto">{text}</bdi>
        </li>
      ))}
    </ol>
  );
}
