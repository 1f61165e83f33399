import { useEffect, useRef } from "react";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { callDetail } from "../../../../shared/rpc/contract/calls.ts";
import { useLive } from "../../../client/index.ts";
import { formatDuration } from "../../../ui/format/times.ts";
import styles from "./live.module.css";

/** What was said so far, the newest at the foot and in sight. Takes no room before anything was said. */
export function LiveTranscript({ callId, name }: { callId: RecordId; name: string }) {
  const segments = useLive(callDetail, { id: callId }).value?.segments ?? [];
  const foot = useRef<HTMLDivElement>(null);
  const newest = segments.at(-1)?.id;
  useEffect(() => {
    if (newest) foot.current?.scrollIntoView({ block: "nearest" });
  }, [newest]);
  if (segments.length === 0) return null;
  return (
    <section className={styles["transcript"]} aria-label="Transcript">
      <h3>Transcript</h3>
      <div className={styles["said"]}>
        {segments.map(({ id, speaker, startMs, text }) => (
          <p key={id}>
            <time>{formatDuration(startMs / 1000)}</time>
            <span>
              <b data-speaker={speaker}>{speaker === "agent" ? "You" : name.split(" ")[0] || "Customer"}</b>
              <bdi>{text}</bdi>
            </span>
          </p>
        ))}
        <div ref={foot} />
      </div>
    </section>
  );
}
