import { ParsedField } from "../../../renderer/ui/fields/parsed-field.tsx";
import { Checkbox } from "../../../renderer/ui/fields/tick.tsx";
import { usualCallList } from "../../../shared/calls/phone-rules.ts";
import type { CallList } from "../../../shared/entities/setting.ts";
import { parseMinutes, sayMinutes } from "./minutes.ts";
import styles from "./phone.module.css";

type Retry = CallList["retryMinutes"];
type Outcome = keyof Retry;

const outcomes: readonly (readonly [outcome: Outcome, name: string])[] = [
  ["no-answer", "No answer"],
  ["busy", "Busy"],
  ["voicemail", "A machine answered"],
  ["failed", "The dial failed"],
];

/** After which time somebody who was not reached is tried again, and after what never again. */
export function RetryFields({
  retryMinutes,
  onChange,
}: {
  retryMinutes: Retry;
  onChange: (outcome: Outcome, minutes: number | null, said: string) => void;
}) {
  return (
    <ul>
      {outcomes.map(([outcome, name]) => (
        <li key={outcome} className={styles["retry"]}>
          <RetryLine
            name={name}
            outcome={outcome}
            minutes={retryMinutes[outcome]}
            onChange={(minutes) => onChange(outcome, minutes, sayRetry(name, minutes))}
          />
        </li>
      ))}
    </ul>
  );
}

function RetryLine({
  name,
  outcome,
  minutes,
  onChange,
}: {
  name: string;
  outcome: Outcome;
  minutes: number | null;
  onChange: (minutes: number | null) => void;
}) {
  return (
    <>
      <Checkbox
        checked={minutes !== null}
        aria-label={`${name}: try again`}
        onChange={(again) => onChange(again ? usualCallList.retryMinutes[outcome] : null)}
      >
        {name}
      </Checkbox>
      {minutes === null ? (
        <span className={styles["never"]}>No more attempts</span>
      ) : (
        <>
          <span>again after</span>
          <ParsedField<number>
            label={`${name}: again after`}
            hideLabel
            compact
            value={minutes}
            show={sayMinutes}
            parse={parseMinutes}
            notUnderstood="Try 45 min, 4 h or 2 days"
            onChange={(next) => next !== null && onChange(next)}
          />
        </>
      )}
    </>
  );
}

function sayRetry(name: string, minutes: number | null): string {
  return minutes === null ? `${name}: no more attempts.` : `${name}: again after ${sayMinutes(minutes)}.`;
}
