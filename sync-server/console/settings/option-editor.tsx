import { X } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "../../../renderer/ui/controls/button.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { ReorderList } from "../parts/reorder-list.tsx";
import { SavedText } from "../parts/saved-text.tsx";
import styles from "./settings.module.css";

/** What may be chosen: replaced in place, put in order, added at the end. */
export function OptionEditor({
  options,
  onAdd,
  onRename,
  onRemove,
  onReorder,
}: {
  options: readonly string[];
  onAdd: (option: string) => void;
  onRename: (from: string, to: string) => void;
  onRemove: (option: string) => void;
  onReorder: (options: string[]) => void;
}) {
  return (
    <div className={styles["options"]}>
      <ReorderList
        label="Options"
        items={options}
        idOf={(option) => option}
        nameOf={(option) => option}
        onReorder={onReorder}
        render={(option) => (
          <div className={styles["option"]}>
            <SavedText
              label={`Option ${option}`}
              hideLabel
              compact
              neverEmpty
              value={option}
              onSave={(typed) => !options.includes(typed) && onRename(option, typed)}
            />
            <IconButton
              size="small"
              icon={X}
              label={`Remove ${option}`}
              disabled={options.length === 1}
              onClick={() => onRemove(option)}
            />
          </div>
        )}
      />
      <NewOption taken={options} onAdd={onAdd} />
    </div>
  );
}

function NewOption({ taken, onAdd }: { taken: readonly string[]; onAdd: (option: string) => void }) {
  const [typed, setTyped] = useState("");
  const option = typed.trim();
  const isTaken = taken.includes(option);
  const add = () => {
    if (option === "" || isTaken) return;
    onAdd(option);
    setTyped("");
  };
  return (
    <div className={styles["add"]}>
      <TextInput
        label="New option"
        hideLabel
        compact
        placeholder="New option"
        error={isTaken ? "This stands here already." : null}
        value={typed}
        onChange={setTyped}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          add();
        }}
      />
      <Button disabled={option === "" || isTaken} onClick={add}>
        Add
      </Button>
    </div>
  );
}
