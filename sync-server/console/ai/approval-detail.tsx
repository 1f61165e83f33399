import { useState } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { dayAndTime } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import { splitEmail } from "../../../shared/assistant/writing/split-email.ts";
import type { Approval } from "../../admin/ai/wire.ts";
import { useChange } from "../api/use-change.ts";
import { Detail, Facts, Section } from "../parts/page.tsx";
import styles from "./ai.module.css";

export const stateWords: Record<Approval["state"], string> = {
  waiting: "Waiting",
  approved: "Approved",
  rejected: "Refused",
};
const ways = { email: "E-mail", message: "Text message" } as const;

/** A letter as it would leave, why it is held, and what is decided about it. */
export function ApprovalDetail({
  approval,
  closeTo,
  isOwn,
}: {
  approval: Approval;
  closeTo: readonly string[];
  isOwn: boolean;
}) {
  const { title, letter, leadName, flagged, askedBy, askedAt, state, decidedBy, decidedAt, reason } =
    approval;
  const now = useNow();
  return (
    <Detail title={title} subtitle={`${ways[letter.about]} to ${leadName}`} closeTo={closeTo}>
      <Facts
        facts={[
          ["Asked by", `${askedBy}, ${dayAndTime(new Date(askedAt), now)}`],
          ["Held because", heldWords(flagged)],
          ["State", stateWords[state]],
          ...(decidedAt
            ? [["Decided by", `${decidedBy ?? ""}, ${dayAndTime(new Date(decidedAt), now)}`] as const]
            : []),
          ...(reason ? [["Reason", reason] as const] : []),
        ]}
      />
      <LetterText letter={letter} />
      {state === "waiting" && <Decision id={approval.id} isOwn={isOwn} />}
    </Detail>
  );
}

function heldWords(flagged: boolean): string {
  return flagged
    ? "The model put a link, an address or a placeholder into it that is not in the data. What was foreign is left out."
    : "Every letter that the assistant wrote needs a second person.";
}

function LetterText({ letter: { about, text } }: Pick<Approval, "letter">) {
  const { subject, body } = about === "email" ? splitEmail(text) : { subject: "", body: text };
  return (
    <Section title="The letter">
      <div className={styles["text"]} dir="auto">
        {subject && <strong>{`${subject}\n\n`}</strong>}
        {body}
      </div>
    </Section>
  );
}

function Decision({ id, isOwn }: { id: string; isOwn: boolean }) {
  const change = useChange();
  const [reason, setReason] = useState("");
  if (isOwn) return <Section title="Decide">You asked for it: somebody else has to decide.</Section>;
  const decide = (approve: boolean) =>
    void change({
      request: {
        method: "POST",
        path: `/ai/approvals/${id}/decision`,
        body: { approve, reason: reason.trim() },
      },
      said: approve ? "It may leave." : "It does not leave, and its writer is told why.",
    });
  return (
    <Section title="Decide">
      <TextInput label="Reason" hint="Needed to refuse it." value={reason} onChange={setReason} />
      <div className={styles["row"]}>
        <Button kind="primary" onClick={() => decide(true)}>
          Approve
        </Button>
        <Button disabled={reason.trim() === ""} onClick={() => decide(false)}>
          Refuse
        </Button>
      </div>
    </Section>
  );
}
