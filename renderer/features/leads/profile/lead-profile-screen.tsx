import { Link, useParams } from "@tanstack/react-router";
import type { RecordId } from "../../../../shared/entities/id.ts";
import type { Lead } from "../../../../shared/entities/lead.ts";
import { leadProfile } from "../../../../shared/rpc/contract/leads.ts";
import { useLive } from "../../../client/index.ts";
import { EmptyState } from "../../../ui/display/empty-state.tsx";
import { ErrorLine } from "../../../ui/display/error-line.tsx";
import { useShortcuts } from "../../../ui/keys/shortcuts.tsx";
import { LetterWriter } from "../../assistant/index.ts";
import { useCurrentLead } from "../../shell/index.ts";
import { TaskComposer, useTaskActions } from "../../tasks/index.ts";
import { useLeadList } from "../model/use-lead-list.ts";
import { NoteComposer } from "./note-composer.tsx";
import { ProfileHeader } from "./profile-header.tsx";
import { ProfileSide } from "./profile-side.tsx";
import { ProfileTopBar } from "./profile-top-bar.tsx";
import { Timeline } from "./timeline.tsx";
import { useComposing } from "./use-composing.ts";
import styles from "./profile.module.css";

/** One lead: its fields, everything that happened, and what is to be done. */
export function LeadProfileScreen() {
  const { leadId } = useParams({ from: "/leads/$leadId" });
  const { value, error, pending } = useLive(leadProfile, { id: leadId as RecordId });
  const list = useLeadList();
  const [{ deed: composing, callId, suggested }, setComposing] = useComposing();
  // While the next profile loads, the last one stays; it must not pass for the next.
  const lead = value?.lead?.id === leadId ? value.lead : null;
  // By its key one calls whom Call calls.
  useCurrentLead(lead && { ...lead, phone: lead.phone || lead.phoneSecond });
  useShortcuts("screen", [
    { id: "note", keys: "n", title: "Write a note", group: "This person", run: () => setComposing("note") },
    { id: "task", keys: "t", title: "New task", group: "This person", run: () => setComposing("task") },
    {
      id: "write",
      keys: "w",
      title: "Write an e-mail",
      group: "This person",
      run: () => setComposing("email"),
    },
  ]);
  return (
    <>
      <ProfileTopBar leadId={leadId} lead={lead} list={list} onCompose={setComposing} />
      {value && lead && (
        <div className={styles["page"]}>
          <ProfileHeader
            key={lead.id}
            lead={lead}
            unsent={value.unsent}
            me={list.me.userId}
            mayMove={list.me.mayMove}
          />
          <div className={styles["work"]}>
            {composing === "note" && (
              <NoteComposer lead={lead} me={list.me.userId} onClose={() => setComposing(null)} />
            )}
            {composing === "task" && (
              <NewTask key={`task ${lead.id}`} lead={lead} onClose={() => setComposing(null)} />
            )}
            {(composing === "email" || composing === "message" || composing === "after-call") && (
              <LetterWriter
                key={`write ${lead.id} ${composing === "message"} ${callId ?? ""}`}
                lead={lead}
                callId={callId}
                suggested={suggested}
                first={composing === "message" ? "message" : "email"}
                purpose={composing === "after-call" ? composing : "follow-up"}
                onClose={() => setComposing(null)}
              />
            )}
            <Timeline key={lead.id} lead={lead} onNote={() => setComposing("note")} />
          </div>
          <ProfileSide profile={{ ...value, lead }} onTask={() => setComposing("task")} />
        </div>
      )}
      {!pending && value && value.lead === null && <Gone />}
      {error && !value && <ErrorLine what={error.message} kept="Nothing was lost." />}
    </>
  );
}

function NewTask({ lead, onClose }: { lead: Lead; onClose: () => void }) {
  const actions = useTaskActions();
  return (
    <div className={styles["task-composer"]}>
      <TaskComposer actions={actions} lead={lead} onClose={onClose} />
    </div>
  );
}

function Gone() {
  return (
    <EmptyState>
      It was deleted, or it is no longer yours to see. <Link to="/leads">Back to the list</Link>
    </EmptyState>
  );
}
