import { Check } from "lucide-react";
import { useRef, useState } from "react";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { callDetail } from "../../../../shared/rpc/contract/calls.ts";
import { editRecords } from "../../../../shared/rpc/contract/records.ts";
import { useClient, useLive } from "../../../client/index.ts";
import { Icon } from "../../../ui/display/icon.tsx";
import { clockTimeExact } from "../../../ui/format/times.ts";
import styles from "./live.module.css";

/**
 * Give it the call as its key. Notes of a call, kept on this device with every key: what is on the screen survives
 * whatever happens to it.
 * @param short as low as two lines until one writes in it
 */
export function CallNotes({ callId, short = false }: { callId: RecordId; short?: boolean }) {
  const stored = useLive(callDetail, { id: callId }).value?.call?.notes;
  const { text, keptAt, trouble, write } = useKeptText(callId, stored);
  return (
    <section className={styles["notes"]} data-short={short} aria-label="Notes">
      <div className={styles["notes-head"]}>
        <h3>Notes</h3>
        <span role="status">
          {trouble ?? (
            <>
              {keptAt && <Icon of={Check} size={13} />}
              {keptAt && `Kept on this device ${clockTimeExact(keptAt)}`}
            </>
          )}
        </span>
      </div>
      <textarea
        className={styles["notes-text"]}
        aria-label="Notes of this call"
        dir="auto"
        placeholder="What was said, what was promised"
        maxLength={50_000}
        value={text}
        onChange={(event) => write(event.target.value)}
      />
    </section>
  );
}

/**
 * What is typed goes out at once; while one write is under way, the newest text waits and goes next. What colleagues
 * write comes in whenever nothing of one's own is on its way.
 */
function useKeptText(callId: RecordId, stored: string | undefined) {
  const client = useClient();
  const [typed, setTyped] = useState<string | null>(null);
  const [keptAt, setKeptAt] = useState<Date | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const next = useRef<string | null>(null);
  const seen = useRef(stored ?? "");
  const busy = useRef(false);
  const send = async () => {
    busy.current = true;
    while (next.current !== null) {
      const text = next.current;
      next.current = null;
      const change = { set: { notes: text }, seen: { notes: seen.current } };
      const edits = [{ collection: "calls" as const, id: callId, ...change }];
      const result = await client.call(editRecords, { edits, label: "Notes of a call" });
      if (result.ok) {
        seen.current = text;
        setKeptAt(new Date());
      }
      setTrouble(result.ok ? null : `Not kept: ${result.error.message}`);
    }
    busy.current = false;
  };
  const write = (text: string) => {
    if (typed === null) seen.current = stored ?? "";
    setTyped(text);
    next.current = text;
    if (!busy.current) void send();
  };
  return { text: typed ?? stored ?? "", keptAt, trouble, write };
}
