import type { PhoneState } from "../../../../shared/calls/phone.ts";
import type { CallListState } from "../../../../shared/calls/outbound/wire.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { useTurnOn } from "../model/use-phone.ts";
import { countWords } from "./list-words.ts";
import styles from "./outbound.module.css";
import { useAskDialler, useCallLists } from "./use-dialler.ts";

/** The lists of this agent, each with who is left in it. Where there is none, nothing is shown. */
export function ListChoice({ phone }: { phone: PhoneState }) {
  const lists = useCallLists();
  const ask = useAskDialler();
  const turnOn = useTurnOn();
  if (lists === null || lists.length === 0) return null;
  const start = (list: string | null) => {
    // From the click itself: later the browser would not let the phone's window open.
    if (phone.line.state === "off") void turnOn();
    void ask({ do: "start", list });
  };
  return (
    <section className={styles["card"]} aria-label="Call lists">
      <div className={styles["head"]}>
        <h2>Call lists</h2>
        {lists.length > 1 && (
          <Button size="small" kind="quiet" onClick={() => start(null)}>
            Start all
          </Button>
        )}
      </div>
      <ul className={styles["lists"]}>
        {lists.map((list) => (
          <ListLine key={list.key} list={list} onStart={() => start(list.key)} />
        ))}
      </ul>
    </section>
  );
}

function ListLine({ list, onStart }: { list: CallListState; onStart: () => void }) {
  const { label, mode, closed } = list;
  return (
    <li className={styles["list"]}>
      <span className="cut">{label}</span>
      <span className={styles["list-words"]}>{closed ? closedWords[closed.why] : countWords(list)}</span>
      <Button
        size="small"
        aria-label={`Start ${label}`}
        title={mode === "power" ? "Dials by itself" : "You read, then dial"}
        onClick={onStart}
      >
        Start
      </Button>
    </li>
  );
}

const closedWords = { paused: "paused", "business-hours": "closed now" } as const;
