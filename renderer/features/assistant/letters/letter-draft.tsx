import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { joinEmail, splitEmail } from "../../../../shared/assistant/writing/split-email.ts";
import { messageCharacters } from "../../../../shared/assistant/writing/write-by-rules.ts";
import { judgeDraft, type Draft } from "../../../../shared/rpc/contract/assistant.ts";
import { useCommand } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { TextArea, TextInput } from "../../../ui/fields/text-input.tsx";
import { formatCount } from "../../../ui/format/numbers.ts";
import type { Versions } from "../model/use-versions.ts";
import { AnswerSource } from "../parts/answer-source.tsx";
import { VersionSteps } from "../parts/version-steps.tsx";
import { LeaveButtons, StandLine, useLetterStand } from "./letter-leave.tsx";
import styles from "./letters.module.css";

/** One version, as it came or as the person has changed it. What they change is kept as they type. */
export function LetterDraft({
  draft,
  versions,
  to,
  onLeave,
}: {
  draft: Draft;
  versions: Versions;
  to: string;
  /** It was copied, opened in mail or given to somebody to read. */
  onLeave: () => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? draft.edited ?? draft.text;
  const isEmail = draft.question.about === "email";
  const coming = draft.state === "coming";
  const stand = useLetterStand(draft, text);
  const change = (edited: string) => {
    setTyped(edited);
    versions.edit(edited);
  };
  const restore = () => {
    setTyped(null);
    versions.edit(null);
  };
  return (
    <div className={styles["draft"]} aria-busy={coming}>
      {isEmail ? (
        <EmailFields text={text} readOnly={coming} onChange={change} />
      ) : (
        <TextArea
          label="Message"
          hideLabel
          dir="auto"
          readOnly={coming}
          value={text}
          onChange={change}
          hint={lengthWords(text)}
        />
      )}
      <StandLine stand={stand} />
      <footer className={styles["foot"]}>
        <Source draft={draft} />
        <VersionSteps {...versions} />
        {text !== draft.text && !coming && (
          <Button kind="quiet" icon={RotateCcw} onClick={restore}>
            As it came
          </Button>
        )}
        <LeaveButtons draft={draft} text={text} to={to} stand={stand} onLeave={onLeave} />
      </footer>
    </div>
  );
}

function EmailFields({
  text,
  readOnly,
  onChange,
}: {
  text: string;
  readOnly: boolean;
  onChange: (text: string) => void;
}) {
  const email = splitEmail(text);
  return (
    <>
      <TextInput
        label="Subject"
        hideLabel
        dir="auto"
        placeholder="Subject"
        readOnly={readOnly}
        value={email.subject}
        onChange={(subject) => onChange(joinEmail({ ...email, subject }))}
      />
      <TextArea
        label="Text"
        hideLabel
        dir="auto"
        rows={8}
        readOnly={readOnly}
        value={email.body}
        onChange={(body) => onChange(joinEmail({ ...email, body }))}
      />
    </>
  );
}

function Source({ draft: { id, origin, why, useful, state } }: { draft: Draft }) {
  const judge = useCommand(judgeDraft);
  if (origin)
    return (
      <AnswerSource
        origin={origin}
        why={why}
        useful={useful}
        onJudge={(is) => void judge({ id, useful: is })}
      />
    );
  return (
    <p className={styles["state"]}>{state === "stopped" ? "Stopped. What came is kept." : "Writing …"}</p>
  );
}

function lengthWords(text: string): string {
  const parts = Math.ceil(text.length / messageCharacters);
  const count = `${formatCount(text.length)} characters`;
  return parts <= 1 ? `${count}, one message` : `${count}, sent as ${parts} messages`;
}
