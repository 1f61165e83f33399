import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { useDirectory } from "../../client/index.ts";
import { Button } from "../../ui/controls/button.tsx";
import { EmptyState } from "../../ui/display/empty-state.tsx";
import { ProgressTrack } from "../../ui/display/progress-bar.tsx";
import { TopBar, useOwnRightColumn } from "../shell/index.ts";
import { FileStep } from "./file-step.tsx";
import { fileSummary, type ImportState } from "./import-words.ts";
import { readImportSearch } from "./import-search.ts";
import { MatchStep } from "./match-step.tsx";
import { ResultStep } from "./result-step.tsx";
import { Stepper } from "./stepper.tsx";
import { useImport } from "./use-import.ts";
import styles from "./imports.module.css";

/** From a file to leads, in four steps. */
export function ImportScreen() {
  useOwnRightColumn();
  const { id } = readImportSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const open = useCallback(
    (next: string | null) => void navigate({ to: "/import", search: next === null ? {} : { id: next } }),
    [navigate],
  );
  if (id !== undefined) return <OpenImport key={id} importId={id} onLeave={() => open(null)} />;
  return (
    <>
      <ImportBar note={null} />
      <Stepper step="file" />
      <FileStep onBegun={open} />
    </>
  );
}

function ImportBar({ note }: { note: string | null }) {
  const { term } = useDirectory();
  const leads = term("leads");
  const name = leads.charAt(0).toUpperCase() + leads.slice(1);
  return (
    <TopBar
      crumbs={[{ label: name, to: "/leads" }, { label: "Import" }]}
      after={note && <bdi className="cut">{note}</bdi>}
    />
  );
}

function OpenImport({ importId, onLeave }: { importId: string; onLeave: () => void }) {
  const { live, setOptions, run, cancel } = useImport(importId);
  const state = live.value;
  return (
    <>
      <ImportBar note={state ? fileSummary(state) : null} />
      {!state && live.error && (
        <EmptyState>
          {live.error.message}{" "}
          <Button kind="link" onClick={onLeave}>
            Choose a file
          </Button>
        </EmptyState>
      )}
      {state && stepOf(state)}
    </>
  );

  function stepOf(current: ImportState) {
    switch (current.step) {
      case "receiving":
      case "reading":
        return <Reading state={current} />;
      case "matching":
        return (
          <MatchStep
            importId={importId}
            state={current}
            onOptions={setOptions}
            onRun={run}
            onLeave={() => {
              cancel();
              onLeave();
            }}
          />
        );
      default:
        return (
          <>
            <Stepper step="import" />
            <ResultStep importId={importId} state={current} onCancel={cancel} onAgain={onLeave} />
          </>
        );
    }
  }
}

function Reading({ state }: { state: ImportState }) {
  return (
    <>
      <Stepper step="file" />
      <div className={styles["result"]} role="status">
        <p>Reading {state.fileName}</p>
        <ProgressTrack label="Reading the file" done={0} total={null} />
      </div>
    </>
  );
}
