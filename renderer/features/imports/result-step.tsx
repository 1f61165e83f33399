import { Link } from "@tanstack/react-router";
import { useDirectory, type Directory } from "../../client/index.ts";
import { Button } from "../../ui/controls/button.tsx";
import { ProgressBar } from "../../ui/display/progress-bar.tsx";
import { shortDate } from "../../ui/format/times.ts";
import { useNow } from "../../ui/format/use-now.ts";
import { resultWords, type ImportState } from "./import-words.ts";
import { useUndoImport } from "./use-undo-import.ts";
import styles from "./imports.module.css";

/** The import runs, has run, was stopped or taken back. */
export function ResultStep({
  importId,
  state,
  onCancel,
  onAgain,
}: {
  importId: string;
  state: ImportState;
  onCancel: () => void;
  onAgain: () => void;
}) {
  return (
    <div className={styles["result"]}>
      {state.step === "importing" && state.progress ? (
        <Running state={state} onCancel={onCancel} />
      ) : (
        <Outcome importId={importId} state={state} onAgain={onAgain} />
      )}
    </div>
  );
}

function Running({ state, onCancel }: { state: ImportState; onCancel: () => void }) {
  const { progress } = state;
  if (!progress) return null;
  return (
    <>
      <ProgressBar
        label="Importing"
        unit="rows"
        progress={progress}
        note="What is here already can be worked with. You may leave this screen; the import goes on."
      />
      <div className={styles["result-actions"]}>
        <Button onClick={onCancel}>Stop</Button>
      </div>
    </>
  );
}

function Outcome({
  importId,
  state,
  onAgain,
}: {
  importId: string;
  state: ImportState;
  onAgain: () => void;
}) {
  const { term } = useDirectory();
  const now = useNow();
  const undo = useUndoImport();
  return (
    <>
      <h2 className={styles["result-title"]} role="status">
        {outcomeTitle(state, term)}
      </h2>
      {state.undoableUntil && (
        <p>
          The whole import can be undone until {shortDate(new Date(state.undoableUntil), now)}. What people
          change since stays.
        </p>
      )}
      <div className={styles["result-actions"]}>
        <Link to="/leads" className={styles["link-button"] ?? ""}>
          See the {term("leads")}
        </Link>
        {state.undoableUntil && (
          <Button onClick={() => void undo(importId, state.fileName)}>Undo the import</Button>
        )}
        <Button kind="quiet" onClick={onAgain}>
          Import another file
        </Button>
      </div>
    </>
  );
}

function outcomeTitle(state: ImportState, term: Directory["term"]): string {
  const imported = state.result ? resultWords(state.result, term("lead"), term("leads")) : "";
  switch (state.step) {
    case "done":
      return imported;
    case "undone":
      return `The import of ${state.fileName} was taken back. ${state.message ?? ""}`.trimEnd();
    case "cancelled":
      return state.result ? `Stopped. ${imported}` : "Stopped. Nothing was imported.";
    default:
      return state.message ?? "The import failed. Nothing was imported.";
  }
}
