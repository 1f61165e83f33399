import { Button } from "../../ui/controls/button.tsx";
import { SessionCard, SessionNote } from "../../ui/session-card/session-card.tsx";
import { blockedWords, type BlockedCode } from "./session-words.ts";

/** The desk cannot open: what happened (with the replica's particulars), what was kept, what to do. */
export function BlockedScreen({ code, message }: { code: BlockedCode; message: string }) {
  const words = blockedWords(code);
  return (
    <SessionCard title={words.title} alert>
      <SessionNote>{message}</SessionNote>
      <p>{words.kept}</p>
      <p>{words.next}</p>
      <Button kind="primary" size="large" onClick={() => location.reload()}>
        Try again
      </Button>
    </SessionCard>
  );
}
