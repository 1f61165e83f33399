import { X } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../../../renderer/ui/controls/button.tsx";
import { countOf } from "../../../renderer/ui/format/numbers.ts";
import type { Battlecard } from "../../../shared/entities/playbook.ts";
import { ReorderList } from "../parts/reorder-list.tsx";
import { SavedText } from "../parts/saved-text.tsx";
import { wordCount } from "./playbook-versions.ts";
import styles from "./playbooks.module.css";
import type { EditDraft } from "./use-draft.ts";

const mostLines = 3;
/** More is not read by somebody who talks. */
const mostWords = 10;

/** The title, and up to three lines of ten words. */
export function CardLines({ card: { key, title, lines }, edit }: { card: Battlecard; edit: EditDraft }) {
  const change = (next: string[], said: string) => edit({ do: "lines", key, was: lines, lines: next }, said);
  const saveLine = (at: number) => (text: string) => change(lines.with(at, text), "The line is changed.");
  return (
    <div className={styles["lines"]}>
      <Line
        label="Title"
        value={title}
        most={60}
        onSave={(text) =>
          edit({ do: "change-card", key, change: { title: text } }, `“${title}” is called “${text}” now.`)
        }
      />
      <ReorderList
        label="Lines of the card"
        // Two lines may say the same; where they stand tells them apart.
        items={lines.map((text, at) => ({ id: String(at), text, at }))}
        idOf={({ id }) => id}
        nameOf={({ text }) => text}
        onReorder={(ids) => change(ids.map((id) => lines[Number(id)] ?? ""), "The lines are in another order.")} // prettier-ignore
        render={({ text, at }) => (
          <div className={styles["line-row"]}>
            <Line label={`Line ${at + 1}`} value={text} most={90} onSave={saveLine(at)} />
            {lines.length > 1 && (
              <IconButton
                size="small"
                icon={X}
                label={`Remove line ${at + 1}`}
                onClick={() => change(lines.toSpliced(at, 1), "A line is removed.")}
              />
            )}
          </div>
        )}
      />
      {lines.length < mostLines ? (
        <Line
          key={lines.length}
          label="Another line"
          placeholder="Another line"
          value=""
          most={90}
          onSave={(text) => change([...lines, text], "A line is added.")}
        />
      ) : (
        <p className={styles["most"]}>Three lines at most</p>
      )}
    </div>
  );
}

function Line({
  label,
  value,
  most,
  placeholder = "",
  onSave,
}: {
  label: string;
  value: string;
  most: number;
  placeholder?: string;
  onSave: (text: string) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const words = wordCount(typed ?? value);
  const count = typed === null ? countOf(words, "word") : `${words} of ${mostWords} words`;
  return (
    <SavedText
      label={label}
      hideLabel
      compact
      neverEmpty
      maxLength={most}
      placeholder={placeholder}
      value={value}
      onTyping={setTyped}
      onSave={onSave}
      error={words > mostWords ? "More than ten words: nobody reads them while they talk." : null}
      end={<span className={styles["count"]}>{words > 0 && count}</span>}
    />
  );
}
