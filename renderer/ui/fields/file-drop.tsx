import { FileUp } from "lucide-react";
import { useRef, useState, type DragEvent, type ReactNode } from "react";
import { classNames } from "../class-names.ts";
import { Button } from "../controls/button.tsx";
import { Icon } from "../display/icon.tsx";
import { ProgressTrack } from "../display/progress-bar.tsx";
import { formatBytes } from "../format/numbers.ts";
import { useShortcuts } from "../keys/shortcuts.tsx";
import styles from "./file-drop.module.css";

/** Where a file is dropped, or chosen by a click or the key `O`. */
export function FileDrop({
  title,
  note,
  label,
  accept,
  group,
  onFile,
}: {
  title: string;
  note: ReactNode;
  /** Of the field that takes the file, for screen readers. */
  label: string;
  accept: string;
  /** The key's heading in the list of keys. */
  group: string;
  onFile: (file: File) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const choose = () => input.current?.click();
  useShortcuts("screen", [{ id: "choose-file", keys: "o", title: "Choose a file", group, run: choose }]);
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
      <h2 className={styles["title"]}>{title}</h2>
      <p className={styles["note"]}>{note}</p>
      <Button kind="primary" size="large" keys="o" onClick={choose}>
        Choose a file
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept={accept}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          // The same file once more is news too.
          target.value = "";
          if (file) onFile(file);
        }}
      />
    </div>
  );
}

/** In the same place, while the file is on its way. @param does "read", "sent" */
export function FileOnItsWay({
  fileName,
  doneBytes,
  totalBytes,
  does,
  children,
}: {
  fileName: string;
  doneBytes: number;
  totalBytes: number;
  does: string;
  children?: ReactNode;
}) {
  return (
    <div className={styles["drop"]} role="status">
      <h2 className={styles["title"]}>{fileName}</h2>
      <p className={styles["note"]}>
        {formatBytes(doneBytes)} of {formatBytes(totalBytes)} {does}
      </p>
      <div className={styles["sending"]}>
        <ProgressTrack label={`The file is ${does}`} done={doneBytes} total={Math.max(1, totalBytes)} />
      </div>
      {children}
    </div>
  );
}
