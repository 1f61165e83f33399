import { waitingLetters } from "../../../shared/rpc/contract/assistant.ts";
import { session } from "../../../shared/rpc/contract/session.ts";
import { useLive } from "../../client/index.ts";
import { countOf } from "../../ui/format/numbers.ts";
import { ago } from "../../ui/format/times.ts";
import { Section } from "./section.tsx";
import styles from "./dashboard.module.css";

/** Letters of others that this person may let go: nothing where none waits. Each is read in the console. */
export function WaitingLetters({ now }: { now: Date }) {
  const letters = useLive(waitingLetters, {}).value?.letters ?? [];
  const serverUrl = useLive(session, {}).value?.serverUrl;
  if (letters.length === 0 || !serverUrl) return null;
  return (
    <Section title="Letters that wait for you" note={countOf(letters.length, "letter", "letters")}>
      <ul>
        {letters.map(({ id, leadName, askedBy, at }) => (
          <li key={id}>
            <a
              href={`${serverUrl}/console/approvals/${id}`}
              target="_blank"
              rel="noreferrer"
              className={styles["row"] ?? ""}
            >
              <bdi className={styles["name"]}>To {leadName}</bdi>
              <span className={styles["detail"]}>{askedBy}</span>
              <span className={styles["end"]}>{ago(new Date(at), now)}</span>
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}
