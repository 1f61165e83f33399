import { Button } from "../../ui/controls/button.tsx";
import { blockedWords, type BlockedCode } from "./session-words.ts";
import styles from "./session.module.css";

/** The desk cannot open: what happened (with the replica's particulars), what was kept, what to do. */
export function BlockedScreen({ code, message }: { code: BlockedCode; message: string }) {
  const words = blockedWords(code);
  return (
    <main className={styles["page"]}>
      <div className={styles["card"]} role="alert">
        <h1 className={styles["title"]}>{words.title}</h1>
        <p className={styles["particulars"]}>{message}</p>
        <p>{words.kept}</p>
        <p>{words.next}</p>
        <Button kind="primary" size="large" onClick={() => location.reload()}>
          Try again
        </Button>
      </div>
    </main>
  );
}
