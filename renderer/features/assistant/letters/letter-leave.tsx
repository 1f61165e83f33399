import { Mail, UserCheck } from "lucide-react";
import { mailtoOf, splitEmail } from "../../../../shared/assistant/writing/split-email.ts";
import {
  askApproval,
  letterStand,
  type Draft,
  type LetterStand,
} from "../../../../shared/rpc/contract/assistant.ts";
import { useCommand, useLive } from "../../../client/index.ts";
import { BarredButton, Button } from "../../../ui/controls/button.tsx";
import { useToast } from "../../../ui/floating/toast.tsx";
import { useNow } from "../../../ui/format/use-now.ts";
import { CopyButton } from "../parts/copy-button.tsx";
import styles from "./letters.module.css";
import { standWords } from "./stand-words.ts";

/**
 * Where a letter stands on its way out, in the words that are on the screen.
 * @returns null where it is not known yet: what is typed is ahead of the answer, and must not leave by an older one
 */
export function useLetterStand({ id }: Draft, text: string): LetterStand | null {
  const { value } = useLive(letterStand, { id });
  if (!value || value.id !== id) return null;
  return value.stand.state === "free" || value.text === text ? value.stand : null;
}

/** What keeps it, or who let it go. */
export function StandLine({ stand }: { stand: LetterStand | null }) {
  const now = useNow();
  const words = stand ? standWords(stand, now) : "";
  return (
    <p role="status" className={styles["stand"]} data-state={stand?.state}>
      {words}
    </p>
  );
}

type Leaving = {
  draft: Draft;
  text: string;
  to: string;
  stand: LetterStand | null;
  /** It is on its way, whichever that is. */
  onLeave: () => void;
};

/** The ways out of here: by mail and by copying, or first by way of somebody else. */
export function LeaveButtons({ draft, text, to, stand, onLeave }: Leaving) {
  const isEmail = draft.question.about === "email";
  switch (stand?.state) {
    case "held":
      return <AskButton draft={draft} text={text} onLeave={onLeave} />;
    case "rejected":
      return (
        <BarredButton icon={UserCheck} why="These words were refused: change them, then ask again.">
          Ask for approval
        </BarredButton>
      );
    case "kept":
    case "waiting":
      return null;
    default: {
      const disabled = stand === null;
      return (
        <>
          <CopyButton
            text={isEmail ? splitEmail(text).body : text}
            primary={!isEmail}
            disabled={disabled}
            onCopied={onLeave}
          />
          {isEmail && <MailButton text={text} to={to} disabled={disabled} onLeave={onLeave} />}
        </>
      );
    }
  }
}

function AskButton({ draft: { id }, text, onLeave }: Pick<Leaving, "draft" | "text" | "onLeave">) {
  const ask = useCommand(askApproval);
  const toast = useToast();
  const run = async () => {
    const asked = await ask({ id, text });
    if (asked.ok) onLeave();
    else toast({ text: asked.error.message, trouble: true });
  };
  return (
    <Button kind="primary" icon={UserCheck} onClick={() => void run()}>
      Ask for approval
    </Button>
  );
}

function MailButton({
  text,
  to,
  disabled,
  onLeave,
}: Pick<Leaving, "text" | "to" | "onLeave"> & { disabled: boolean }) {
  if (to === "")
    return (
      <BarredButton icon={Mail} why="There is no e-mail address yet.">
        Open in mail
      </BarredButton>
    );
  const open = () => {
    window.open(mailtoOf(to, splitEmail(text)), "_blank", "noopener");
    onLeave();
  };
  return (
    <Button kind="primary" icon={Mail} disabled={disabled} onClick={open}>
      Open in mail
    </Button>
  );
}
