import { Download } from "lucide-react";
import { importErrors } from "../../../shared/rpc/contract/files.ts";
import { useClient, useDirectory, useEdits } from "../../client/index.ts";
import { saveFile } from "../../client/save-file.ts";
import { classNames } from "../../ui/class-names.ts";
import { Button } from "../../ui/controls/button.tsx";
import { Radio } from "../../ui/fields/tick.tsx";
import { countOf, formatCount } from "../../ui/format/numbers.ts";
import { checkedWords, duplicateChoices, rowNumbers, type ImportState } from "./import-words.ts";
import { QuestionCards } from "./question-cards.tsx";
import type { SetOptions } from "./use-import.ts";
import styles from "./imports.module.css";

/** What becomes of the rows so far, what has to be answered, and what goes wrong. */
export function ImportSide({
  importId,
  state,
  onOptions,
  onSeeDuplicates,
}: {
  importId: string;
  state: ImportState;
  onOptions: SetOptions;
  onSeeDuplicates: (() => void) | null;
}) {
  return (
    <>
      <Counts state={state} />
      <QuestionCards state={state} onOptions={onOptions} />
      <Duplicates state={state} onOptions={onOptions} onSee={onSeeDuplicates} />
      <Errors importId={importId} state={state} />
    </>
  );
}

function Counts({ state }: { state: ImportState }) {
  const { term } = useDirectory();
  const { fresh, duplicates, errors } = state.checked;
  return (
    <div className={styles["counts"]} aria-live="off">
      <Figure value={fresh} label={`new ${term(fresh === 1 ? "lead" : "leads")}`} />
      <Figure value={duplicates} label={duplicates === 1 ? "duplicate" : "duplicates"} />
      <Figure value={errors} label={`${errors === 1 ? "row" : "rows"} with errors`} bad={errors > 0} />
      <span className={styles["so-far"]}>{checkedWords(state)}</span>
    </div>
  );
}

function Figure({ value, label, bad = false }: { value: number; label: string; bad?: boolean }) {
  return (
    <span className={styles["figure"]}>
      <strong className={classNames(bad && styles["bad"])}>{formatCount(value)}</strong>
      <span>{label}</span>
    </span>
  );
}

function Duplicates({
  state,
  onOptions,
  onSee,
}: {
  state: ImportState;
  onOptions: SetOptions;
  onSee: (() => void) | null;
}) {
  const { duplicates } = state.checked;
  return (
    <fieldset className={styles["side-block"]}>
      <legend className="visually-hidden">Duplicates</legend>
      <div className={styles["side-head"]}>
        <h2 className={styles["side-title"]}>Duplicates, same phone or e-mail</h2>
        {onSee && duplicates > 0 && (
          <Button kind="link" onClick={onSee}>
            See {formatCount(duplicates)}
          </Button>
        )}
      </div>
      {duplicateChoices.map(({ value, label }) => (
        <Radio
          key={value}
          name="duplicates"
          checked={state.options.duplicates === value}
          onChange={() => onOptions({ duplicates: value })}
        >
          {label}
        </Radio>
      ))}
    </fieldset>
  );
}

function Errors({ importId, state }: { importId: string; state: ImportState }) {
  const client = useClient();
  const { report } = useEdits();
  const { errors } = state.checked;
  if (errors === 0) return null;
  const download = async () => {
    const file = await client.call(importErrors, { importId });
    if (file.ok) await saveFile(client, file.value);
    else report(file, "");
  };
  return (
    <section className={styles["side-block"]}>
      <div className={styles["side-head"]}>
        <h2 className={styles["side-title"]}>Errors</h2>
        <Button kind="quiet" size="small" icon={Download} onClick={() => void download()}>
          {countOf(errors, "row")} as CSV
        </Button>
      </div>
      <ul>
        {state.errorGroups.map((group) => (
          <li key={group.message} className={styles["error-group"]}>
            <span className={styles["error-count"]}>{formatCount(group.count)}</span>
            <span className="cut">{group.message}</span>
            <span className={styles["error-rows"]}>
              {rowNumbers(group.rows, group.count) || "answer above"}
            </span>
          </li>
        ))}
      </ul>
      <p className={styles["side-note"]}>Rows with errors are not imported; everything else is.</p>
    </section>
  );
}
