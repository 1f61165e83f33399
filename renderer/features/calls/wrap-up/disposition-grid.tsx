import { Check } from "lucide-react";
import type { SettingOf } from "../../../../shared/entities/setting.ts";
import { classNames } from "../../../ui/class-names.ts";
import { Icon } from "../../../ui/display/icon.tsx";
import { useShortcuts } from "../../../ui/keys/shortcuts.tsx";
import styles from "./wrap-up.module.css";

/** The tenant's endings, the first nine on the digit keys where those are free. */
export function DispositionGrid({
  dispositions,
  chosen,
  onChoose,
  hasKeys,
}: {
  dispositions: readonly SettingOf<"disposition">[];
  chosen: string | null;
  onChoose: (ending: SettingOf<"disposition">) => void;
  hasKeys: boolean;
}) {
  useShortcuts(
    "screen",
    dispositions.slice(0, hasKeys ? 9 : 0).map((ending, index) => ({
      id: `disposition-${ending.key}`,
      keys: String(index + 1),
      title: ending.label,
      group: "How it ended",
      run: () => onChoose(ending),
    })),
  );
  return (
    <section className={styles["section"]}>
      <h3>How did it end?</h3>
      <div className={styles["grid"]} role="radiogroup" aria-label="How did it end?">
        {dispositions.map((ending, index) => (
          <button
            key={ending.key}
            type="button"
            role="radio"
            aria-checked={ending.key === chosen}
            className={classNames(styles["choice"], ending.key === chosen && styles["chosen"])}
            onClick={() => onChoose(ending)}
          >
            <kbd aria-hidden>{hasKeys && index < 9 ? index + 1 : ""}</kbd>
            <span className="cut">{ending.label}</span>
            {ending.key === chosen && <Icon of={Check} size={14} />}
          </button>
        ))}
      </div>
    </section>
  );
}
