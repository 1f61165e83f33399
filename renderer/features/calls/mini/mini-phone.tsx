import { X } from "lucide-react";
import { useLayoutEffect } from "react";
import type { PhoneCall } from "../../../../shared/calls/phone.ts";
import { IconButton } from "../../../ui/controls/button.tsx";
import { formatDuration } from "../../../ui/format/times.ts";
import { callerName } from "../model/call-words.ts";
import { useSeenByGuard } from "../model/call-chord-guard.ts";
import { viewPhone } from "../model/phone-view.ts";
import { usePhone } from "../model/use-phone.ts";
import { useServerNow } from "../model/use-server-now.ts";
import { lineWords } from "./line-words.ts";
import { MiniCall } from "./mini-call.tsx";
import styles from "./mini.module.css";
import { useMergeKey } from "./use-merge.ts";
import { useMiniKeys } from "./use-mini-keys.ts";

/** A window of its own, above all others: the calls, one row each, and without any how the line stands. */
export function MiniPhone() {
  const phone = usePhone();
  const view = viewPhone(phone);
  const { incoming, current, wrapUp, others } = view;
  const calls = [incoming, current, ...others].filter((call) => call !== null);
  useRoomFor(calls.length);
  useMiniKeys(incoming, current);
  useMergeKey(others[0], current);
  useSeenByGuard(view);
  const words = lineWords(phone.line);
  return (
    <main className={styles["window"]}>
      {calls.map((call) => (
        <MiniCall key={call.callId} call={call} beside={others.includes(call) ? current : null} />
      ))}
      {calls.length === 0 && (
        <div className={styles["idle"]}>
          <p role="status" title={wrapUp ? undefined : words}>
            {wrapUp ? <WrapUpWords call={wrapUp} /> : words}
          </p>
          <IconButton icon={X} size="small" label="Close" onClick={() => window.close()} />
        </div>
      )}
    </main>
  );
}

function WrapUpWords({ call }: { call: PhoneCall }) {
  const now = useServerNow();
  const { since } = call.call.phase;
  const seconds = Math.max(0, (now.getTime() - Date.parse(since)) / 1000);
  return (
    <>
      <bdi>{callerName(call)}</bdi>: wrap up on your desk <time>{formatDuration(seconds)}</time>
    </>
  );
}

/** A row, the gap between two, and the window's own padding, as mini.module.css has them. */
const [rowPx, gapPx, paddingPx, lowestPx] = [36, 6, 16, 72];

/** As high as its rows: a second call is not to be looked for. A window that is a tab keeps its size. */
function useRoomFor(rows: number): void {
  useLayoutEffect(() => {
    const wanted = Math.max(lowestPx, rows * (rowPx + gapPx) - gapPx + paddingPx);
    if (wanted !== window.innerHeight) window.resizeBy(0, wanted - window.innerHeight);
  }, [rows]);
}
