import { Pause, Play } from "lucide-react";
import { Button, IconButton } from "../../../ui/controls/button.tsx";
import { formatDuration } from "../../../ui/format/times.ts";
import type { Player } from "./use-player.ts";
import styles from "./player.module.css";

const speeds = [1, 1.25, 1.5, 2];

/** Play, the wave of both voices, where one is, and how fast. */
export function CallPlayer({ player }: { player: Player }) {
  const { state, trouble, missing, atMs, durationMs, speed, place, toggle, setSpeed } = player;
  const next = speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1;
  return (
    <div className={styles["player"]}>
      <IconButton
        kind="normal"
        icon={state === "playing" ? Pause : Play}
        label={state === "playing" ? "Pause" : "Play the recording"}
        disabled={state === "loading"}
        onClick={toggle}
      />
      <div ref={place} className={styles["wave"]} />
      <span className={styles["time"]}>
        {state === "loading" && "Fetching"}
        {durationMs > 0 && `${formatDuration(atMs / 1000)} of ${formatDuration(durationMs / 1000)}`}
      </span>
      <Button kind="quiet" size="small" aria-label={`Speed ${speed}×`} onClick={() => setSpeed(next)}>
        {speed}×
      </Button>
      {missing && <p className={styles["missing"]}>The recording is not on this computer.</p>}
      {trouble && (
        <p className={styles["trouble"]} role="alert">
          {trouble}
        </p>
      )}
    </div>
  );
}
