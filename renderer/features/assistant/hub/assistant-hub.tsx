import { Eraser } from "lucide-react";
import { useEffect } from "react";
import type { RecordId } from "../../../../shared/entities/id.ts";
import {
  bringBackDrafts,
  drafts,
  forgetDrafts,
  startDraft,
  stopDraft,
} from "../../../../shared/rpc/contract/assistant.ts";
import { useCommand, useLive } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { Drawer } from "../../../ui/floating/dialog.tsx";
import { useToast } from "../../../ui/floating/toast.tsx";
import { closeAssistant, useDesk } from "../../shell/index.ts";
import { WhoAnswers } from "../parts/who-answers.tsx";
import { focusAssistantLine, HubComposer } from "./hub-composer.tsx";
import { HubTurn } from "./hub-turn.tsx";
import styles from "./hub.module.css";

/** One talk about whoever is open: questions, drafts, and deeds that the person confirms. */
export function AssistantHub() {
  const opened = useDesk((desk) => desk.assistantOpen);
  const lead = useDesk((desk) => desk.assistantAbout);
  // Whoever signs in next at this window is not shown whom it was about.
  useEffect(() => closeAssistant, []);
  return (
    <Drawer
      opened={opened}
      onClose={closeAssistant}
      title={lead ? `Assistant: ${lead.name}` : "Assistant"}
      footer={opened && <HubFoot key={lead?.id ?? ""} leadId={(lead?.id ?? null) as RecordId | null} />}
    >
      {opened && <Talk key={lead?.id ?? ""} leadId={lead?.id ?? null} />}
    </Drawer>
  );
}

function Talk({ leadId }: { leadId: string | null }) {
  const turns = useTurns(leadId);
  const last = turns?.at(-1);
  if (turns?.length === 0)
    return (
      <p className={styles["empty"]}>
        {leadId === null
          ? `Ask anything, or open somebody first: then it sees their ${seen}.`
          : `It sees their ${seen}. What changes something is shown to you first.`}{" "}
        <WhoAnswers />
      </p>
    );
  return (
    <div className={styles["talk"]} role="log" aria-label="Talk with the assistant">
      {turns?.map((turn) => (
        <HubTurn key={turn.id} turn={turn} />
      ))}
      {/* Another element with every word that comes: each is scrolled to. */}
      <div key={`${last?.id} ${last?.text.length}`} ref={(end) => end?.scrollIntoView({ block: "end" })} />
    </div>
  );
}

/** The parts of a person's story, as people call them. */
const seen = "calls, e-mails, messages, chats, appointments, tickets, tasks, deals and notes";

function useTurns(leadId: string | null) {
  return useLive(drafts, { place: `chat:${leadId ?? ""}` }).value?.drafts;
}

function HubFoot({ leadId }: { leadId: RecordId | null }) {
  const turns = useTurns(leadId);
  const start = useCommand(startDraft);
  const stop = useCommand(stopDraft);
  const beginAnew = useBeginAnew(`chat:${leadId ?? ""}`);
  const toast = useToast();
  const coming = turns?.find(({ state }) => state === "coming");
  const say = async (said: string) => {
    focusAssistantLine();
    const begun = await start({ question: { about: "chat", leadId, said } });
    if (!begun.ok) toast({ text: begun.error.message, trouble: true });
    return begun.ok;
  };
  return (
    <div className={styles["foot"]}>
      <HubComposer
        about={leadId ?? ""}
        quick={leadId === null ? [] : quickActions}
        onSay={say}
        onStop={coming ? () => void stop({ id: coming.id }) : null}
      />
      {turns && turns.length > 0 && (
        <Button
          kind="quiet"
          size="small"
          icon={Eraser}
          onClick={() => {
            focusAssistantLine();
            void beginAnew();
          }}
        >
          Begin anew
        </Button>
      )}
    </div>
  );
}

/** Forgets a talk, with Undo. */
function useBeginAnew(place: string): () => Promise<void> {
  const forget = useCommand(forgetDrafts);
  const bringBack = useCommand(bringBackDrafts);
  const toast = useToast();
  const undo = async () => {
    const back = await bringBack({ place });
    toast(back.ok ? { text: "The talk is back" } : { text: back.error.message, trouble: true });
  };
  return async () => {
    const done = await forget({ place });
    if (!done.ok) return toast({ text: done.error.message, trouble: true });
    toast({ text: "The talk was cleared", undo: () => void undo() });
  };
}

const quickActions = [
  "Summarise",
  "What was agreed?",
  "What is open?",
  "Draft a reply",
  "Schedule a follow-up tomorrow",
  "Create a ticket",
] as const;
