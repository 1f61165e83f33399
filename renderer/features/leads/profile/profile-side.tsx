import { Plus } from "lucide-react";
import type { Lead } from "../../../../shared/entities/lead.ts";
import type { Task } from "../../../../shared/entities/task.ts";
import type { OutputOf } from "../../../../shared/rpc/define.ts";
import type { leadProfile } from "../../../../shared/rpc/contract/leads.ts";
import { useEdits } from "../../../client/index.ts";
import { Button, IconButton } from "../../../ui/controls/button.tsx";
import { TextArea } from "../../../ui/fields/text-input.tsx";
import { useDraft } from "../../../ui/fields/use-draft.ts";
import { dayAndTime } from "../../../ui/format/times.ts";
import { useNow } from "../../../ui/format/use-now.ts";
import { onSaveChord } from "../../../ui/keys/on-save-chord.ts";
import { MatchingListings, Recommended } from "../../assistant/index.ts";
import { useDial } from "../../calls/index.ts";
import { useTaskActions } from "../../tasks/index.ts";
import { nextTaskWords } from "../list/next-task-words.ts";
import { DealsSection } from "./deals-section.tsx";
import { ScoreCard } from "./score-card.tsx";
import styles from "./profile.module.css";

type Profile = OutputOf<typeof leadProfile> & { lead: Lead };

/** What stands beside the timeline: tasks, notes, score, deals, the next appointment. */
export function ProfileSide({ profile, onTask }: { profile: Profile; onTask: () => void }) {
  const { lead, tasks, deals, nextAppointment } = profile;
  const now = useNow();
  const dial = useDial();
  return (
    <aside className={styles["side"]} aria-label="About this person">
      <Recommended
        key={`suggested ${lead.id}`}
        leadId={lead.id}
        onCall={() => dial(lead.phone || lead.phoneSecond, lead.id)}
      />
      <section>
        <div className={styles["side-head"]}>
          <h3>Tasks</h3>
          <IconButton size="small" icon={Plus} label="New task" keys="t" onClick={onTask} />
        </div>
        {tasks.map((task) => (
          <TaskLine key={task.id} task={task} now={now} />
        ))}
        {tasks.length === 0 && (
          <p className={styles["plain"]}>
            None open.{" "}
            <Button kind="link" onClick={onTask}>
              Add a task
            </Button>
          </p>
        )}
      </section>
      <ScoreCard key={`score ${lead.id}`} leadId={lead.id} stored={lead.score} />
      <NotesSection key={lead.id} lead={lead} />
      <DealsSection deals={deals} />
      <MatchingListings key={`matches ${lead.id}`} leadId={lead.id} />
      <section>
        <div className={styles["side-head"]}>
          <h3>Next appointment</h3>
        </div>
        <p className={styles["plain"]}>
          {nextAppointment
            ? `${dayAndTime(new Date(nextAppointment.startAt), now)} ${nextAppointment.title}`
            : "None yet."}
        </p>
      </section>
    </aside>
  );
}

function TaskLine({ task, now }: { task: Task; now: Date }) {
  const actions = useTaskActions();
  const { when, urgent } = nextTaskWords(task, now);
  return (
    <div className={styles["task"]}>
      <button
        type="button"
        className={styles["task-tick"]}
        aria-label={`Finish ${task.title}`}
        onClick={() => actions.finish(task)}
      />
      <bdi className="cut" title={task.title}>
        {task.title}
      </bdi>
      <span className={`${styles["task-due"] ?? ""} ${urgent ? (styles["task-now"] ?? "") : ""}`}>
        {shortly(when)}
      </span>
    </div>
  );
}

/** "17:00" today, else the day alone: the column is narrow. */
function shortly(when: string): string {
  return when.startsWith("Late") ? when : when.replace(/^Today (?=\d)/u, "").replace(/ \d\d:\d\d$/u, "");
}

/** Free text about the person. Two people's lines merge, so it is one field and not a list. */
function NotesSection({ lead }: { lead: Lead }) {
  const { edit } = useEdits();
  const keep = ({ typed, seen }: { typed: string; seen: string }) => {
    if (typed === seen) return;
    const change = { set: { notes: typed }, seen: { notes: seen } };
    void edit([{ collection: "leads", id: lead.id, ...change }], `Changed the notes of ${lead.name}`);
  };
  const [draft, setDraft] = useDraft(keep);
  const save = () => {
    if (draft === null) return;
    setDraft(null);
    keep(draft);
  };
  const begin = () => setDraft({ typed: lead.notes, seen: lead.notes });
  return (
    <section>
      <div className={styles["side-head"]}>
        <h3>Notes</h3>
      </div>
      {draft === null ? (
        <button type="button" dir="auto" className={styles["notes"]} onClick={begin}>
          {lead.notes === "" ? (
            <span className={styles["plain"]}>None yet. Click to write.</span>
          ) : (
            lead.notes
          )}
        </button>
      ) : (
        <TextArea
          label="Notes"
          hideLabel
          dir="auto"
          ref={(area) => area?.focus()}
          value={draft.typed}
          onChange={(typed) => setDraft({ ...draft, typed })}
          onBlur={save}
          onKeyDown={(event) => {
            onSaveChord(event, save);
          }}
        />
      )}
    </section>
  );
}
