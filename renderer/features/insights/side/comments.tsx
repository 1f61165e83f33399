import { useState } from "react";
import { commentMoment } from "../../../../shared/rpc/contract/insights.ts";
import { useCommand, useDirectory, useEdits } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { TextArea } from "../../../ui/fields/text-input.tsx";
import { dayAndTime, formatDuration } from "../../../ui/format/times.ts";
import { useNow } from "../../../ui/format/use-now.ts";
import { onSaveChord } from "../../../ui/keys/on-save-chord.ts";
import type { MomentView } from "./use-moment.ts";
import styles from "./side.module.css";

/** What was said of this call, each at its moment, and room for a word of one's own. */
export function Comments({
  view: { callId, review },
  atMs,
  onOpen,
}: {
  view: MomentView;
  atMs: number;
  onOpen: (atMs: number) => void;
}) {
  const [text, setText] = useState("");
  const comment = useCommand(commentMoment);
  const { report } = useEdits();
  const { personName } = useDirectory();
  const now = useNow();
  const submit = async () => {
    if (text.trim() === "") return;
    const said = await comment({ callId, atMs, text: text.trim() });
    if (report(said, "Commented").ok) setText("");
  };
  return (
    <section className={styles["comments"]} aria-label="Comments">
      <ol>
        {review.comments.map(({ id, byId, at, atMs: of, text: said }) => (
          <li key={id}>
            <button type="button" className={styles["jump"]} onClick={() => onOpen(of)}>
              {formatDuration(of / 1_000)}
            </button>
            <strong>
              <bdi>{personName(byId)}</bdi>
            </strong>
            <time dateTime={at}>{dayAndTime(new Date(at), now)}</time>
            <p dir="auto">{said}</p>
          </li>
        ))}
      </ol>
      <TextArea
        label={`Say something of ${formatDuration(atMs / 1_000)}`}
        value={text}
        onChange={setText}
        onKeyDown={(event) => onSaveChord(event, () => void submit())}
      />
      <Button kind="primary" keys="mod+enter" disabled={text.trim() === ""} onClick={() => void submit()}>
        Comment
      </Button>
    </section>
  );
}
