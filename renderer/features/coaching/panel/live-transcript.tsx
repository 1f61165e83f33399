import { memo, useEffect, useRef, useState } from "react";
import type { RecordId } from "../../../../shared/entities/id.ts";
import type { ShownUtterance } from "../../../../shared/rpc/contract/coaching.ts";
import { formatDuration } from "../../../ui/format/times.ts";
import { splitAtPhrase } from "../model/split-at-phrase.ts";
import { useTranscript } from "../model/use-transcript.ts";
import styles from "./panel.module.css";

/**
 * What was said and is being said, the newest at the foot and in sight until one scrolls up. Takes no room before
 * anything was said.
 * @param agent who talks to the customer, as they are called; empty = whoever looks at it
 * @param phrase what brought up the card that is shown; empty = nothing is to stand out
 */
export function LiveTranscript({
  callId,
  agent,
  customer,
  phrase,
}: {
  callId: RecordId;
  agent: string;
  customer: string;
  phrase: string;
}) {
  const { utterances, nameOf } = useTranscript({ callId, agent, customer });
  const { list, following, onScroll, follow } = useFollowing();
  if (utterances.length === 0) return null;
  return (
    <section className={styles["transcript"]} aria-label="Transcript">
      <div className={styles["transcript-head"]}>
        <h3>Transcript</h3>
        {following ? (
          <span>Following</span>
        ) : (
          <button type="button" onClick={follow}>
            To the newest
          </button>
        )}
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls: the keyboard has to reach it. */}
      <div className={styles["said"]} ref={list} onScroll={onScroll} tabIndex={0}>
        {utterances.map((utterance) => (
          <Said key={utterance.id} {...utterance} name={nameOf(utterance)} phrase={phrase} />
        ))}
      </div>
    </section>
  );
}

/** Drawn again when it changes itself, not with each word of the call. */
const Said = memo(function Said({
  speaker,
  startMs,
  text,
  final,
  name,
  phrase,
}: ShownUtterance & { name: string; phrase: string }) {
  const [before, match, after] = splitAtPhrase(text, phrase);
  return (
    <p data-final={final}>
      <time>{formatDuration(startMs / 1000)}</time>
      <span>
        <b data-speaker={speaker}>
          <bdi>{name}</bdi>
        </b>
        <bdi>
          {before}
          {match && <mark>{match}</mark>}
          {after}
        </bdi>
      </span>
    </p>
  );
});

/** So near to its foot one is still following. */
const footPx = 24;

/** Keeps the foot of a list in sight, unless the person has scrolled away from it. */
function useFollowing() {
  const list = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);
  // After each time it was drawn: there is more of it then.
  useEffect(() => {
    if (following) list.current?.scrollTo({ top: list.current.scrollHeight });
  });
  return {
    list,
    following,
    onScroll() {
      const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = list.current ?? {};
      setFollowing(scrollHeight - scrollTop - clientHeight < footPx);
    },
    follow: () => setFollowing(true),
  };
}
