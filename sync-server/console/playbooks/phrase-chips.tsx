import { X } from "lucide-react";
import { useState } from "react";
import { Icon } from "../../../renderer/ui/display/icon.tsx";
import styles from "./playbooks.module.css";
import type { TriggerPlace } from "./trigger-editor.tsx";
import type { EditDraft } from "./use-draft.ts";

type Which = "phrases" | "notNear" | "examples";

const words: Readonly<Record<Which, { add: string; removed: string; added: string }>> = {
  phrases: { add: "Add a phrase", removed: "is not listened for any more", added: "is listened for" },
  notNear: { add: "Add what must not be near", removed: "may stand near", added: "must not stand near" },
  examples: { add: "Add an example", removed: "is no example any more", added: "is an example" },
};

const longest: Readonly<Record<Which, number>> = { phrases: 100, notNear: 100, examples: 200 };

/** Phrases, each with how often it was what fired. Enter adds what is typed. */
export function PhraseChips({
  place,
  of,
  phrases,
  counts,
  edit,
}: {
  place: TriggerPlace;
  of: Which;
  phrases: readonly string[];
  counts?: readonly number[];
  edit: EditDraft;
}) {
  const change = (add: string[], remove: string[], said: string) =>
    edit({ do: "phrases", ...place, of, add, remove }, said);
  const isLast = of !== "notNear" && phrases.length === 1;
  return (
    <div className={styles["chips"]}>
      {of === "notNear" && <span className={styles["says"]}>but not near</span>}
      {phrases.map((phrase, at) => (
        <span key={phrase} className={styles["chip"]} data-of={of}>
          <bdi>{phrase}</bdi>
          {counts && <span className={styles["count"]}>{counts[at] ?? 0}</span>}
          {!isLast && (
            <button
              type="button"
              aria-label={`Remove “${phrase}”`}
              onClick={() => change([], [phrase], `“${phrase}” ${words[of].removed}.`)}
            >
              <Icon of={X} size={13} />
            </button>
          )}
        </span>
      ))}
      <NewPhrase
        label={words[of].add}
        maxLength={longest[of]}
        taken={phrases}
        onAdd={(phrase) => change([phrase], [], `“${phrase}” ${words[of].added}.`)}
      />
    </div>
  );
}

function NewPhrase({
  label,
  maxLength,
  taken,
  onAdd,
}: {
  label: string;
  maxLength: number;
  taken: readonly string[];
  onAdd: (phrase: string) => void;
}) {
  const [typed, setTyped] = useState("");
  const add = () => {
    const phrase = typed.trim();
    setTyped("");
    if (phrase !== "" && !taken.includes(phrase)) onAdd(phrase);
  };
  return (
    <input
      className={styles["new-phrase"]}
      aria-label={label}
      placeholder={label}
      maxLength={maxLength}
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={add}
      onKeyDown={(event) => {
        if (event.key === "Enter") add();
        if (event.key === "Escape") setTyped("");
      }}
    />
  );
}
