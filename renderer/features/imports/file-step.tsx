import { FileUp } from "lucide-react";
import { useRef, useState, type DragEvent } from "react";
import { useDirectory } from "../../client/index.ts";
import { classNames } from "../../ui/class-names.ts";
import { Button } from "../../ui/controls/button.tsx";
import { ErrorLine } from "../../ui/display/error-line.tsx";
import { Icon } from "../../ui/display/icon.tsx";
import { ProgressTrack } from "../../ui/display/progress-bar.tsx";
import { formatBytes } from "../../ui/format/numbers.ts";
import { useShortcuts } from "../../ui/keys/shortcuts.tsx";
import { RecentImports } from "./recent-imports.tsx";
import { useUpload, type Upload } from "./use-upload.ts";
import styles from "./imports.module.css";

/** Choose or drop a file; below it what was imported lately and can still be undone. */
export function FileStep({ onBegun }: { onBegun: (importId: string) => void }) {
  const { upload, trouble, send } = useUpload(onBegun);
  return (
    <div className={styles["file-step"]}>
      {upload ? <Sending upload={upload} /> : <DropZone onFile={send} />}
      {trouble && <ErrorLine what={trouble} kept="Nothing was imported." />}
      <RecentImports onOpen={onBegun} />
    </div>
  );
}

function DropZone({ onFile }: { onFile: (file: File) => void }) {
  const { term } = useDirectory();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const choose = () => input.current?.click();
  useShortcuts("screen", [
    { id: "choose-file", keys: "o", title: "Choose a file", group: "Import", run: choose },
  ]);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) onFile(file);
  };
  return (
    <div
      className={classNames(styles["drop"], over && styles["over"])}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon of={FileUp} size={18} />
      <h2 className={styles["drop-title"]}>Drop a CSV file of {term("leads")} here</h2>
      <p className={styles["drop-note"]}>
        Any delimiter and encoding, up to 200 MB. Nothing is imported before you have seen what becomes of it.
      </p>
      <Button kind="primary" size="large" keys="o" onClick={choose}>
        Choose a file
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="CSV file"
        accept=".csv,.tsv,.txt,text/csv"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
        }}
      />
    </div>
  );
}

function Sending({ upload }: { upload: Upload }) {
  return (
    <div className={styles["drop"]} role="status">
      <h2 className={styles["drop-title"]}>{upload.fileName}</h2>
      <p className={styles["drop-note"]}>
        {formatBytes(upload.doneBytes)} of {formatBytes(upload.totalBytes)} read
      </p>
      <div className={styles["sending"]}>
        <ProgressTrack
          label="Reading the file"
          done={upload.doneBytes}
          total={Math.max(1, upload.totalBytes)}
        />
      </div>
    </div>
  );
}
