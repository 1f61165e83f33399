import { Button } from "../../../renderer/ui/controls/button.tsx";
import { useToast } from "../../../renderer/ui/floating/toast.tsx";
import styles from "./account.module.css";

/** Shown once: the server keeps only what recognises them. */
export function BackupCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const toast = useToast();
  const copy = async () => {
    const text = codes.join("\n");
    const copied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    toast(
      copied
        ? { text: "The codes are copied. Keep them where your phone is not." }
        : { text: "This browser does not copy for us: select the codes by hand.", trouble: true },
    );
  };
  return (
    <>
      <ul className={styles["codes"]} aria-label="Backup codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className={styles["buttons"]}>
        <Button size="small" onClick={() => void copy()}>
          Copy
        </Button>
        <Button size="small" onClick={onDone}>
          I have kept them
        </Button>
      </div>
    </>
  );
}
