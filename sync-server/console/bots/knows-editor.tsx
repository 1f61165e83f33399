import { Plus, X } from "lucide-react";
import { Button, IconButton } from "../../../renderer/ui/controls/button.tsx";
import { TextArea, TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import type { Known } from "../../../shared/bot/bot.ts";
import styles from "./bots.module.css";

const mostKnown = 200;

/** Questions or subjects, each with the answer as it is to be given. */
export function KnowsEditor({
  knows,
  onChange,
}: {
  knows: readonly Known[];
  onChange: (knows: Known[]) => void;
}) {
  const put = (at: number, part: Partial<Known>) =>
    onChange(knows.map((known, index) => (index === at ? { ...known, ...part } : known)));
  return (
    <div className={styles["knows"]}>
      {knows.map((known, at) => (
        // Things are told apart by their place: nothing else of them is fixed while somebody types.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className={styles["known"]} role="group" aria-label={`What it knows, ${at + 1}`}>
          <TextInput
            label="Question or subject"
            hideLabel
            placeholder="Question or subject"
            maxLength={200}
            value={known.about}
            onChange={(about) => put(at, { about })}
          />
          <IconButton
            icon={X}
            label="Remove"
            onClick={() => onChange(knows.filter((_, index) => index !== at))}
          />
          <TextArea
            label="Answer"
            hideLabel
            placeholder="Answer"
            rows={2}
            maxLength={2_000}
            value={known.text}
            onChange={(text) => put(at, { text })}
          />
        </div>
      ))}
      {knows.length < mostKnown && (
        <Button icon={Plus} onClick={() => onChange([...knows, { about: "", text: "" }])}>
          Add an answer
        </Button>
      )}
    </div>
  );
}
