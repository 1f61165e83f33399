import { useRef, type KeyboardEvent } from "react";
import { useDirectory } from "../../../client/index.ts";
import { classNames } from "../../../ui/class-names.ts";
import { useShortcuts } from "../../../ui/keys/shortcuts.tsx";
import { shownSteps } from "./shown-steps.ts";
import styles from "./profile.module.css";

/** The pipeline as steps: past, here, ahead. */
export function StageSteps({ stage, onPick }: { stage: string; onPick: (stage: string) => void }) {
  const group = useRef<HTMLDivElement>(null);
  const { stages, stageLabel } = useDirectory();
  const { steps, current, isAside } = shownSteps(stages("leads"), stage, (key) => stageLabel("leads", key));
  const focusStep = (index: number) => group.current?.querySelectorAll("button")[index]?.focus();
  useShortcuts("screen", [
    {
      id: "stage",
      keys: "s",
      title: "Move to stage",
      group: "This person",
      run: () => focusStep(Math.max(0, current)),
    },
  ]);
  const move = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const focused = [...(group.current?.querySelectorAll("button") ?? [])].indexOf(
      event.target as HTMLButtonElement,
    );
    if (step !== 0) focusStep(Math.min(steps.length - 1, Math.max(0, focused + step)));
  };
  return (
    <div ref={group} role="group" aria-label="Stage" className={styles["steps"]}>
      {steps.map(({ key, label }, index) => (
        <button
          key={key}
          type="button"
          aria-pressed={index === current}
          tabIndex={index === Math.max(0, current) ? 0 : -1}
          className={classNames(
            styles["step"],
            index < current && !isAside && styles["past"],
            index === current && styles["here"],
          )}
          onClick={() => onPick(key)}
          onKeyDown={move}
        >
          <span className="cut">{label}</span>
        </button>
      ))}
    </div>
  );
}
