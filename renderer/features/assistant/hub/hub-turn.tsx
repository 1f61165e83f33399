import { Check, Copy } from "lucide-react";
import { daysLeft, splitAnswer, type Proposal } from "../../../../shared/assistant/chat/proposal.ts";
import { confirmProposal, judgeDraft, type Draft } from "../../../../shared/rpc/contract/assistant.ts";
import { systemClock } from "../../../../shared/result/ports.ts";
import { useCommand, useEdits } from "../../../client/index.ts";
import { Button, IconButton } from "../../../ui/controls/button.tsx";
import { Icon } from "../../../ui/display/icon.tsx";
import { useToast } from "../../../ui/floating/toast.tsx";
import { useNow } from "../../../ui/format/use-now.ts";
import { AnswerSource } from "../parts/answer-source.tsx";
import { focusAssistantLine } from "./hub-composer.tsx";
import styles from "./hub.module.css";

/** What was said, and what came back. */
export function HubTurn({ turn }: { turn: Draft }) {
  const { prose, proposal } = splitAnswer(turn.text);
  return (
    <article className={styles["turn"]} aria-busy={turn.state === "coming"}>
      <p className={styles["said"]} dir="auto">
        {turn.question.about === "chat" ? turn.question.said : ""}
      </p>
      <p className={styles["answer"]} dir="auto">
        {prose === "" && turn.state === "coming" ? (
          <span className={styles["typing"]}>Writing …</span>
        ) : (
          prose
        )}
      </p>
      {proposal && turn.state === "done" && <ProposalCard turn={turn} proposal={proposal} />}
      <TurnFoot turn={turn} prose={prose} />
    </article>
  );
}

function TurnFoot({ turn: { id, origin, why, useful, state }, prose }: { turn: Draft; prose: string }) {
  const judge = useCommand(judgeDraft);
  const toast = useToast();
  if (state === "stopped") return <p className={styles["typing"]}>Stopped.</p>;
  if (!origin) return null;
  const copy = async () => {
    await navigator.clipboard.writeText(prose);
    toast({ text: "Copied the text" });
  };
  return (
    <div className={styles["turn-foot"]}>
      <AnswerSource
        origin={origin}
        why={why}
        useful={useful}
        onJudge={(is) => void judge({ id, useful: is })}
      />
      <IconButton size="small" icon={Copy} label="Copy the answer" onClick={() => void copy()} />
    </div>
  );
}

const kinds = { task: "Task", ticket: "Ticket", note: "Note" } as const;

/** What would be changed, before it is: nothing is done by words alone. */
function ProposalCard({ turn, proposal }: { turn: Draft; proposal: Proposal }) {
  const confirm = useCommand(confirmProposal);
  const { report } = useEdits();
  const zone = systemClock.zone();
  const nowMs = useNow().getTime();
  const left = (days: number | null) => daysLeft(days, { proposedAt: turn.at, nowMs, zone });
  const act = async () => {
    focusAssistantLine();
    const done = await confirm({ id: turn.id });
    report(done, done.ok && done.value.count === 0 ? "This is done already" : label);
  };
  const label = proposal.do === "note" ? "Added a note" : `${kinds[proposal.do]} “${proposal.title}”`;
  return (
    <div className={styles["proposal"]} role="group" aria-label={`Proposed: ${label}`}>
      <div>
        <span className={styles["kind"]}>{kinds[proposal.do]}</span>
        <p dir="auto">{proposal.do === "note" ? proposal.text : proposal.title}</p>
        {proposal.do === "task" && (
          <span className={styles["kind"]}>{dueWords(left(proposal.dueInDays), proposal.at)}</span>
        )}
      </div>
      {turn.acted ? (
        <span className={styles["done"]}>
          <Icon of={Check} size={14} /> Done
        </span>
      ) : (
        <Button onClick={() => void act()}>Do it</Button>
      )}
    </div>
  );
}

function dueWords(days: number | null, at?: string): string {
  if (days === null) return "No date";
  const day = days === 0 ? "today" : days === 1 ? "tomorrow" : `in ${days} days`;
  return at === undefined ? `Due ${day}` : `Due ${day} at ${at}`;
}
