import { useState } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { ProgressBar } from "../../../renderer/ui/display/progress-bar.tsx";
import { countOf, formatCount } from "../../../renderer/ui/format/numbers.ts";
import { RecordingImport } from "../../../shared/calls/recording-import-wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useAskEvery } from "../api/use-ask-every.ts";
import { useChange } from "../api/use-change.ts";
import { goOnFromHere } from "../frame/address.ts";
import { Column, Page, Trouble } from "../parts/page.tsx";
import { Question } from "../parts/question.tsx";
import { isGoing, looked, sayState } from "./import-words.ts";
import { RecordingTable } from "./recording-table.tsx";
import { StartForm } from "./start-form.tsx";
import styles from "./recordings.module.css";
import { importsPath } from "./use-archive.ts";

const askEveryMs = 1_000;

/** One import: what is in it, what comes in and what does not, and how far it is. */
export function OpenImport({ id }: { id: string }) {
  const path = `${importsPath}/${id}`;
  const { value, error, reload } = useAnswer(path, RecordingImport);
  return (
    <Page
      crumbs={[{ label: "Recordings", to: ["recordings"] }, { label: value?.source ?? "" }]}
      note={value && sayState(value)}
      action={value && <Deeds one={value} />}
    >
      <Column kind="main" label={value?.source ?? "Import"}>
        <Trouble error={error} onRetry={reload} />
        {value && isGoing(value) && <Going one={value} />}
        {value?.state === "ready" && <StartForm one={value} />}
        {value && <Words one={value} />}
        {value && <Outcome one={value} />}
      </Column>
    </Page>
  );
}

/** How far it is, asked for while it goes on. */
function Going({ one }: { one: RecordingImport }) {
  const { reload } = useAnswer(`${importsPath}/${one.id}`, RecordingImport);
  useAskEvery(askEveryMs, reload);
  const { counts, state, total, calls } = one;
  const undoing = state === "undoing";
  const left = state === "looking" ? looked(counts) : (total ?? 0) - counts.ready - counts.unnamed;
  return (
    <div className={styles["going"]} role="status">
      <ProgressBar
        label={
          { looking: "Looking at what is in it", taking: "Coming in" }[state as string] ?? "Going out again"
        }
        unit="recordings"
        progress={undoing ? { done: calls, total: null, leftMs: null } : { done: left, total, leftMs: null }}
        note={undoing ? undefined : "You may leave this page: it goes on by itself."}
      />
    </div>
  );
}

const lookForWordsEveryMs = 15_000;

/** A model is asked for the words of all reports together, which takes up to a day. */
function Words({ one: { id, state, words } }: { one: RecordingImport }) {
  const { asked, done } = words;
  if (asked === done || state === "undoing" || state === "undone") return null;
  return <WordsGoing id={id} asked={asked} done={done} />;
}

function WordsGoing({ id, asked, done }: { id: string; asked: number; done: number }) {
  const { reload } = useAnswer(`${importsPath}/${id}`, RecordingImport);
  useAskEvery(lookForWordsEveryMs, reload);
  return (
    <div className={styles["going"]} role="status">
      <ProgressBar
        label="Reports are put into a model’s words"
        unit="reports"
        progress={{ done, total: asked, leftMs: null }}
        note="All are asked for together, at a lower price: the answers come within a day. Until then they are in the rules’ words."
      />
    </div>
  );
}

function Outcome({ one }: { one: RecordingImport }) {
  const { state, total, calls } = one;
  if (state === "undone" || state === "undoing")
    return (
      <p className={styles["said"]}>
        Its calls, what was said in them and their sound {state === "undone" ? "are gone" : "go"} for good.
      </p>
    );
  if (total === null)
    return (
      <p className={styles["said"]}>
        A command on the server brought {countOf(calls, "call")} in; what it refused stands where it was
        given.
      </p>
    );
  return <RecordingTable key={state} one={one} />;
}

function Deeds({ one }: { one: RecordingImport }) {
  const change = useChange();
  const [asking, setAsking] = useState(false);
  const { id, source, state, total, calls } = one;
  const path = `${importsPath}/${id}`;
  const discard = async () => {
    const goOn = goOnFromHere();
    const request = { method: "DELETE", path } as const;
    if (await change({ request, said: `“${source}” is discarded. Nothing came in.`, touches: [importsPath] }))
      goOn("recordings");
  };
  if (state === "looking" || state === "ready")
    return (
      <Button kind="quiet" onClick={() => void discard()}>
        Discard
      </Button>
    );
  if (state !== "done" && (state !== "taking" || total !== null)) return null;
  return (
    <>
      <Button disabled={calls === 0} onClick={() => setAsking(true)}>
        Take it out again…
      </Button>
      <Question
        title={`Take ${countOf(calls, "call")} out again?`}
        ask={
          asking
            ? {
                change: {
                  request: { method: "POST", path: `${path}/undo` },
                  said: `“${source}” is being taken out again.`,
                  touches: [importsPath],
                },
                keep: "Keep them",
                go: "Take them out",
              }
            : null
        }
        onClose={() => setAsking(false)}
      >
        <p>
          {formatCount(calls)} {calls === 1 ? "call goes" : "calls go"}, with what was said, the sound, the
          reports and what people noted on them. Only the archive brings them back.
        </p>
      </Question>
    </>
  );
}
