import { useDirectory } from "../../client/index.ts";
import { classNames } from "../../ui/class-names.ts";
import { StageRing } from "../../ui/display/stage-ring.tsx";
import { stageSteps } from "../../ui/display/stage-shares.ts";
import { countOf } from "../../ui/format/numbers.ts";
import {
  answered,
  answerOf,
  asksDateOrder,
  dateOrderChoices,
  type ImportState,
  type Question,
} from "./import-words.ts";
import type { SetOptions } from "./use-import.ts";
import styles from "./imports.module.css";

const mostShown = 6;

/** What only a person can say: which choice an unknown value means, and how dates are to be read. */
export function QuestionCards({ state, onOptions }: { state: ImportState; onOptions: SetOptions }) {
  const shown = state.questions.slice(0, mostShown);
  const dates = asksDateOrder(state);
  return (
    <>
      {shown.map((question) => (
        <QuestionCard
          key={`${question.field} ${question.value}`}
          question={question}
          state={state}
          onOptions={onOptions}
        />
      ))}
      {state.questions.length > shown.length && (
        <p className={styles["side-note"]}>
          and {countOf(state.questions.length - shown.length, "more value")} when these are answered
        </p>
      )}
      {(dates !== null || state.options.dateOrder !== null) && (
        <DateOrderCard state={state} sample={dates?.samples[0] ?? null} onOptions={onOptions} />
      )}
    </>
  );
}

function QuestionCard({
  question,
  state,
  onOptions,
}: {
  question: Question;
  state: ImportState;
  onOptions: SetOptions;
}) {
  const directory = useDirectory();
  const answer = answerOf(state.options, question);
  const steps = stageSteps(directory.stages("leads"));
  return (
    <section className={styles["side-block"]}>
      <div className={styles["side-head"]}>
        <h2 className={styles["side-title"]}>
          {directory.fieldLabel("leads", question.field)} “{question.value}” should become
        </h2>
        <span>{countOf(question.rows, "row")}</span>
      </div>
      <div className={styles["choices"]} role="radiogroup" aria-label={`${question.value} should become`}>
        {question.choices.map(({ key, label }) => (
          <button
            key={key}
            type="button"
            role="radio"
            aria-checked={answer === key}
            className={classNames(styles["choice"], answer === key && styles["chosen"])}
            onClick={() => onOptions(answered(state.options, question, key))}
          >
            {question.field === "stage" && (
              <StageRing {...(steps.get(key) ?? { share: 0, outcome: "open" })} />
            )}
            {label}
          </button>
        ))}
        <button
          type="button"
          role="radio"
          aria-checked={answer === null}
          className={classNames(styles["choice"], styles["empty"], answer === null && styles["chosen"])}
          onClick={() => onOptions(answered(state.options, question, null))}
        >
          Leave empty
        </button>
      </div>
    </section>
  );
}

function DateOrderCard({
  state,
  sample,
  onOptions,
}: {
  state: ImportState;
  sample: string | null;
  onOptions: SetOptions;
}) {
  return (
    <section className={styles["side-block"]}>
      <h2 className={styles["side-title"]}>
        {sample ? `Dates such as ${sample} begin with the` : "Dates begin with the"}
      </h2>
      <div className={styles["choices"]} role="radiogroup" aria-label="Order of dates">
        {dateOrderChoices.map(({ value, label, example }) => (
          <button
            key={value}
            type="button"
            role="radio"
            aria-checked={state.options.dateOrder === value}
            className={classNames(styles["choice"], state.options.dateOrder === value && styles["chosen"])}
            onClick={() => onOptions({ dateOrder: value })}
          >
            {label} <span className={styles["choice-note"]}>{example}</span>
          </button>
        ))}
      </div>
    </section>
  );
}
