import { useState } from "react";
import { Button } from "../../ui/controls/button.tsx";
import { ProgressTrack } from "../../ui/display/progress-bar.tsx";
import { countOf, formatCount } from "../../ui/format/numbers.ts";
import { timeLeft } from "../../ui/format/times.ts";
import { useShortcuts } from "../../ui/keys/shortcuts.tsx";
import { ifMeant } from "../calls/index.ts";
import { useDesk } from "../shell/index.ts";
import { ColumnTable } from "./column-table.tsx";
import { ImportSide } from "./import-side.tsx";
import { canImport, type ImportState } from "./import-words.ts";
import { PreviewList } from "./preview-list.tsx";
import { ReadOptions } from "./read-options.tsx";
import { Stepper } from "./stepper.tsx";
import { TemplateRows } from "./template-rows.tsx";
import type { SetOptions } from "./use-import.ts";
import styles from "./imports.module.css";

type MatchProps = {
  importId: string;
  state: ImportState;
  onOptions: SetOptions;
  onRun: () => void;
  onLeave: () => void;
};

/** Columns, then rows: nothing is written before the last Next. */
export function MatchStep({ importId, state, onOptions, onRun, onLeave }: MatchProps) {
  const [step, setStep] = useState<"match" | "check">("match");
  const matching = step === "match";
  return (
    <>
      <Stepper step={step}>
        <StepperEnd state={state} onOptions={onOptions} />
      </Stepper>
      <div className={styles["work"]}>
        <div className={styles["left"]}>
          {matching ? (
            <>
              <ColumnTable state={state} onOptions={onOptions} />
              <TemplateRows state={state} onOptions={onOptions} />
            </>
          ) : (
            <section className={styles["columns"]}>
              <p className={styles["columns-title"]}>
                <strong>The first {countOf(state.preview.length, "row")} as they will be</strong>
              </p>
              <PreviewList rows={state.preview} wide />
            </section>
          )}
        </div>
        <aside className={styles["side"]} aria-label="What becomes of the rows">
          <ImportSide
            importId={importId}
            state={state}
            onOptions={onOptions}
            onSeeDuplicates={matching ? () => setStep("check") : null}
          />
          {matching && <Preview state={state} />}
        </aside>
      </div>
      <Footer
        state={state}
        next={matching ? "Next" : `Import ${formatCount(importedRows(state))}`}
        ready={matching || canImport(state)}
        onBack={() => (matching ? onLeave() : setStep("match"))}
        onNext={() => (matching ? setStep("check") : onRun())}
      />
    </>
  );
}

function StepperEnd({ state, onOptions }: { state: ImportState; onOptions: SetOptions }) {
  const reused = state.columns.some(({ why }) => why.kind === "last-import");
  const nothing = Object.fromEntries(state.columns.map(({ header }) => [header, null]));
  return (
    <>
      {reused && (
        <>
          <span className={styles["reused"]}>The mapping of an earlier import is reused</span>
          <Button kind="quiet" size="small" onClick={() => onOptions({ fields: nothing })}>
            Start from scratch
          </Button>
        </>
      )}
      <ReadOptions options={state.options} onOptions={onOptions} />
    </>
  );
}

function Preview({ state }: { state: ImportState }) {
  const rows = state.preview.slice(0, 6);
  return (
    <section className={styles["side-preview"]}>
      <div className={styles["side-head"]}>
        <h2 className={styles["side-title"]}>Preview</h2>
        {rows.length > 0 && <span>first {countOf(rows.length, "row")}</span>}
      </div>
      <PreviewList rows={rows} />
    </section>
  );
}

function importedRows({ checked, options }: ImportState): number {
  return checked.fresh + (options.duplicates === "skip" ? 0 : checked.duplicates);
}

function Footer({
  state,
  next,
  ready,
  onBack,
  onNext,
}: {
  state: ImportState;
  next: string;
  ready: boolean;
  onBack: () => void;
  onNext: () => void;
}) {
  // The chord is the call's while there is one, and pressed twice it ends or finishes that and no more.
  const isCallUp = useDesk(({ callUp }) => callUp);
  const keys = isCallUp ? undefined : "mod+enter";
  const run = ifMeant(() => ready && onNext());
  useShortcuts(
    "screen",
    keys ? [{ id: "next", keys, title: next, group: "Import", whileTyping: true, run }] : [],
  );
  return (
    <footer className={styles["footer"]}>
      <div className={styles["checking"]}>{!state.checked.done && <Checking state={state} />}</div>
      <span className={styles["undo-note"]}>The whole import can be undone for 30 days</span>
      <Button size="large" onClick={onBack}>
        Back
      </Button>
      <Button kind="primary" size="large" keys={keys} disabled={!ready} onClick={onNext}>
        {next}
      </Button>
    </footer>
  );
}

function Checking({ state: { checked, rows } }: { state: ImportState }) {
  return (
    <>
      <div className={styles["checking-head"]}>
        <strong>Checking rows</strong>
        <span>
          {formatCount(checked.rows)} of {formatCount(rows)}
        </span>
        <span className={styles["checking-left"]}>{timeLeft(checked.leftMs)}</span>
      </div>
      <ProgressTrack label="Checking rows" done={checked.rows} total={rows} />
    </>
  );
}
