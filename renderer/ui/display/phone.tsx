import { formatPhone } from "../format/phones.ts";
import styles from "./phone.module.css";

interface PhoneProps {
  number: string;
  /** Undefined: it is read alone. */
  onCall?: (() => void) | undefined;
  /** In a table, whose rows the keys act on: C calls. */
  inTable?: boolean;
}

/** A number whose digits line up; hyphens and spaces between them stay narrow. Never cut. A click calls it. */
export function Phone({ number, onCall, inTable = false }: PhoneProps) {
  if (!onCall) return <Digits number={number} />;
  return (
    <button
      type="button"
      className={styles["call"]}
      aria-label={callWords(number)}
      tabIndex={inTable ? -1 : 0}
      onClick={onCall}
    >
      <Digits number={number} />
    </button>
  );
}

/** What a control says that calls a number. */
export function callWords(number: string): string {
  return `Call ${formatPhone(number)}`;
}

function Digits({ number }: { number: string }) {
  const parts = formatPhone(number).split(/([\s-]+)/u);
  return (
    <bdi dir="ltr" className={styles["phone"]}>
      {parts.map((part, index) => (index % 2 === 1 ? <span key={index}>{part}</span> : part))}
    </bdi>
  );
}
