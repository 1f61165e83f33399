import { viewPhone } from "../model/phone-view.ts";
import { usePhone } from "../model/use-phone.ts";
import { MiniCall } from "./mini-call.tsx";
import styles from "./mini.module.css";

/** A window of its own, above all others: the calls, one row each, and nothing else. */
export function MiniPhone() {
  const { incoming, current, others } = viewPhone(usePhone());
  const calls = [incoming, current, ...others].filter((call) => call !== null);
  return (
    <main className={styles["window"]}>
      {calls.length === 0 && <p className={styles["idle"]}>No call</p>}
      {calls.map((call) => (
        <MiniCall key={call.callId} call={call} />
      ))}
    </main>
  );
}
