import { CircleDot, Play, Square, Upload } from "lucide-react";
import { useRef } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { ErrorLine } from "../../../renderer/ui/display/error-line.tsx";
import { formatDuration } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import type { Greeting } from "../../../shared/entities/setting.ts";
import styles from "./greetings.module.css";
import type { GreetingPart } from "./greeting-editor.tsx";
import { usePlayback } from "./use-playback.ts";
import { useSound } from "./use-sound.ts";

/** What is recorded of a greeting: heard, made anew with the microphone or from a file, taken away. */
export function SoundField({ greeting, save }: GreetingPart) {
  const sound = useSound(greeting);
  const { step, trouble } = sound;
  return (
    <div className={styles["sound"]}>
      {step.at === "recording" ? (
        <RecordingRow since={step.since} onStop={sound.finish} onCancel={sound.cancel} />
      ) : (
        <div className={styles["row"]}>
          {greeting.sound !== "" && <PlayButton key={greeting.sound} greeting={greeting} />}
          <Button icon={CircleDot} disabled={step.at !== "rest"} onClick={sound.record}>
            {greeting.sound === "" ? "Record" : "Record again"}
          </Button>
          <FileButton disabled={step.at !== "rest"} onFile={sound.take} />
          {greeting.sound !== "" && (
            <Button
              kind="quiet"
              onClick={() => save({ sound: "" }, `The recording of “${greeting.label}” is removed.`)}
            >
              Remove the recording
            </Button>
          )}
          {step.at === "saving" && <span role="status">Saving…</span>}
        </div>
      )}
      {trouble && <ErrorLine what={trouble} />}
    </div>
  );
}

function RecordingRow({
  since,
  onStop,
  onCancel,
}: {
  since: number;
  onStop: () => void;
  onCancel: () => void;
}) {
  const now = useNow(250);
  return (
    <div className={styles["row"]}>
      <span className={styles["live"]} aria-hidden />
      <span role="status">Recording</span>
      <time className={styles["clock"]}>{formatDuration((now.getTime() - since) / 1_000)} of 2:00</time>
      <Button kind="primary" icon={Square} onClick={onStop}>
        Stop and keep
      </Button>
      <Button kind="quiet" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}

function PlayButton({ greeting }: { greeting: Greeting }) {
  const { playing, toggle } = usePlayback(greeting);
  return (
    <Button icon={playing ? Square : Play} onClick={toggle}>
      {playing ? "Stop" : "Play"}
    </Button>
  );
}

function FileButton({ disabled, onFile }: { disabled: boolean; onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button icon={Upload} disabled={disabled} onClick={() => input.current?.click()}>
        Upload a file…
      </Button>
      <input
        ref={input}
        type="file"
        accept="audio/*"
        aria-label="File with the greeting"
        className="visually-hidden"
        tabIndex={-1}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          // The same file once more is news too.
          target.value = "";
          if (file) onFile(file);
        }}
      />
    </>
  );
}
