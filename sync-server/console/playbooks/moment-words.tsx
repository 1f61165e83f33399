import { Button } from "../../../renderer/ui/controls/button.tsx";
import { formatDuration, shortDate } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import { useShortcuts } from "../../../renderer/ui/keys/shortcuts.tsx";
import { WordsAround, type Hit } from "../../admin/playbooks/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { draftNumber, type Versions } from "./playbook-versions.ts";
import { markedIn, otherOf, type Moment } from "./trial-model.ts";
import styles from "./trial.module.css";
import type { z } from "zod";

type Said = z.output<typeof WordsAround>["said"][number];

/** What was said in the moment, the words that did it marked, and whether the card would have helped. */
export function MomentWords({
  versions,
  moment,
  onJudge,
  onSkip,
}: {
  versions: Versions;
  moment: Moment;
  onJudge: (useful: boolean) => Promise<void>;
  onSkip: () => void;
}) {
  const { call, hit } = moment;
  const now = useNow(60_000);
  const { value } = useAnswer(`/playbooks/calls/${call.callId}/words?atMs=${hit.atMs}`, WordsAround);
  return (
    <section className={styles["moment"]} aria-label="What was said">
      <p className={styles["moment-head"]}>
        <time>{formatDuration(hit.atMs / 1_000)}</time>
        <bdi className="cut">{otherOf(call)}</bdi>
        <span className={styles["agent"]}>
          {call.agent.split(" ")[0]}, {shortDate(new Date(call.startedAt), now)}
        </span>
        <NewTag versions={versions} moment={moment} />
      </p>
      <dl className={styles["said"]}>
        {value?.said.map((said) => (
          <SaidLine
            key={`${said.speaker} ${said.startMs}`}
            said={said}
            hit={hit}
            name={nameOf(said, moment)}
          />
        ))}
      </dl>
      {hit.target === "card" && <Judge useful={moment.useful} onJudge={onJudge} onSkip={onSkip} />}
    </section>
  );
}

function nameOf({ speaker }: Said, { call }: Moment): string {
  const name = speaker === "agent" ? call.agent : call.customer;
  return name.split(" ")[0] || (speaker === "agent" ? "Agent" : "Customer");
}

function NewTag({ versions, moment: { inDraft, inLive } }: { versions: Versions; moment: Moment }) {
  if (!versions.live || inDraft === inLive) return null;
  return (
    <span className={styles["tag"]}>{`${inDraft ? "New in" : "Gone in"} ${draftNumber(versions)}`}</span>
  );
}

function SaidLine({ said, hit, name }: { said: Said; hit: Hit; name: string }) {
  const marked = hit.speaker === said.speaker ? markedIn(said, hit) : null;
  return (
    <>
      <dt data-speaker={said.speaker}>{name}</dt>
      <dd dir="auto">
        {marked ? (
          <>
            {said.text.slice(0, marked.from)}
            <mark>{said.text.slice(marked.from, marked.to)}</mark>
            {said.text.slice(marked.to)}
          </>
        ) : (
          said.text
        )}
      </dd>
    </>
  );
}

function Judge({
  useful,
  onJudge,
  onSkip,
}: {
  useful: boolean | null;
  onJudge: (useful: boolean) => Promise<void>;
  onSkip: () => void;
}) {
  const [right, wrong] = [() => void onJudge(true), () => void onJudge(false)];
  useShortcuts("screen", [
    { id: "right", keys: "y", title: "The card would have helped", group: "This page", run: right },
    { id: "wrong", keys: "n", title: "The card would not have helped", group: "This page", run: wrong },
  ]);
  return (
    <p className={styles["judge"]}>
      <span>Would the card have helped?</span>
      <Button size="small" keys="y" aria-pressed={useful === true} onClick={right}>
        Right
      </Button>
      <Button size="small" keys="n" aria-pressed={useful === false} onClick={wrong}>
        Wrong
      </Button>
      <Button size="small" kind="quiet" onClick={onSkip}>
        Skip
      </Button>
    </p>
  );
}
