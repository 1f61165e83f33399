import { useDirectory } from "../../client/index.ts";
import { ErrorLine } from "../../ui/display/error-line.tsx";
import { FileDrop, FileOnItsWay } from "../../ui/fields/file-drop.tsx";
import { RecentImports } from "./recent-imports.tsx";
import { useUpload } from "./use-upload.ts";
import styles from "./imports.module.css";

/** Choose or drop a file; below it what was imported lately and can still be undone. */
export function FileStep({ onBegun }: { onBegun: (importId: string) => void }) {
  const { term } = useDirectory();
  const { upload, trouble, send } = useUpload(onBegun);
  return (
    <div className={styles["file-step"]}>
      {upload ? (
        <FileOnItsWay {...upload} does="read" />
      ) : (
        <FileDrop
          title={`Drop a CSV file of ${term("leads")} here`}
          note="Any delimiter and encoding, up to 200 MB. Nothing is imported before you have seen what becomes of it."
          label="CSV file"
          accept=".csv,.tsv,.txt,text/csv"
          group="Import"
          onFile={send}
        />
      )}
      {trouble && <ErrorLine what={trouble} kept="Nothing was imported." />}
      <RecentImports onOpen={onBegun} />
    </div>
  );
}
