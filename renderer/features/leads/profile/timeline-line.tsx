import {
  ArrowRight,
  Calendar,
  Check,
  CloudUpload,
  GitMerge,
  History,
  Import,
  ListChecks,
  Mail,
  MailOpen,
  MessageSquare,
  PhoneIncoming,
  PhoneMissed,
  PhoneOutgoing,
  StickyNote,
} from "lucide-react";
import type { FieldValue } from "../../../../shared/entities/fields.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import type { Lead } from "../../../../shared/entities/lead.ts";
import type { TimelineItem } from "../../../../shared/rpc/contract/leads.ts";
import { record } from "../../../../shared/rpc/contract/records.ts";
import { fieldText, useDirectory, useLive } from "../../../client/index.ts";
import { Icon, type IconType } from "../../../ui/display/icon.tsx";
import { MoodFace, moodWords } from "../../../ui/display/mood-mark.tsx";
import { clockTime } from "../../../ui/format/times.ts";
import { StageMark } from "../list/lead-marks.tsx";
import { KeptBlock } from "./kept-block.tsx";
import { itemAction, moodOf, moodSource } from "./timeline-words.ts";
import styles from "./timeline.module.css";

interface LineProps<Item = TimelineItem> {
  item: Item;
  lead: Lead;
  now: Date;
}

export function TimelineLine({ item, lead, now }: LineProps) {
  const at = new Date(item.at);
  return (
    <article className={styles["line"]}>
      <time dateTime={item.at} title={at.toLocaleString()}>
        {clockTime(at)}
      </time>
      <span className={styles["icon"]}>
        <Icon of={iconOf(item)} />
      </span>
      <div className={styles["what"]}>
        {item.kind === "kept" ? (
          <KeptBlock item={item} lead={lead} now={now} />
        ) : (
          <Happening item={item} lead={lead} now={now} />
        )}
      </div>
    </article>
  );
}

function Happening({ item, lead, now }: LineProps<Exclude<TimelineItem, { kind: "kept" }>>) {
  const directory = useDirectory();
  const byLead = item.byId === null && (item.kind === "email" || item.kind === "message");
  return (
    <>
      <p className={styles["deed"]}>
        <bdi className={styles["who"]}>
          {byLead ? lead.name : item.byId ? directory.personName(item.byId) : "Ringside"}
        </bdi>{" "}
        {itemAction(item)}
        {item.kind === "change" && <Changes item={item} now={now} />}
        <Mood item={item} />
        {item.waiting && (
          <span className={styles["waiting"]} title="Kept here, not sent yet">
            <Icon of={CloudUpload} size={13} />
            <span className="visually-hidden">not sent yet</span>
          </span>
        )}
      </p>
      <Body item={item} />
    </>
  );
}

function Body({ item }: { item: TimelineItem }) {
  if (item.kind === "note") return <Text text={item.text} strong />;
  if (item.kind === "email" || item.kind === "message") return <Text text={item.text} />;
  if (item.kind !== "call") return null;
  return (
    <>
      <Text text={item.call.summary} />
      <Text text={item.call.notes} strong />
    </>
  );
}

function Text({ text, strong = false }: { text: string; strong?: boolean }) {
  if (text === "") return null;
  return (
    <p dir="auto" className={strong ? styles["text-strong"] : styles["text"]}>
      {text}
    </p>
  );
}

/** "Stage ◔ Contacted → ◑ Qualified", one after another. */
function Changes({ item, now }: { item: Extract<TimelineItem, { kind: "change" }>; now: Date }) {
  const directory = useDirectory();
  return item.changes.map(({ field, from, to }) => (
    <span key={field} className={styles["change"]}>
      {directory.fieldLabel("leads", field)}
      <Value field={field} value={from} now={now} />
      <Icon of={ArrowRight} size={14} />
      <Value field={field} value={to} now={now} className={styles["to"]} />
    </span>
  ));
}

/** Of the lead, or of a call of theirs: who it was with, how it ended. */
function Value({
  field,
  value,
  now,
  className,
}: {
  field: string;
  value: FieldValue;
  now: Date;
  className?: string | undefined;
}) {
  const directory = useDirectory();
  if (field === "stage") return <StageMark stage={String(value ?? "")} />;
  const ofCall = field === "disposition";
  return (
    <bdi className={className}>
      {field === "leadId" && typeof value === "string" ? (
        <LeadName id={value as RecordId} />
      ) : (
        fieldText(directory, ofCall ? "calls" : "leads", field, value, now)
      )}
    </bdi>
  );
}

/** As they are called now; whoever is gone, or not to be seen, has no name. */
function LeadName({ id }: { id: RecordId }) {
  const found = useLive(record, { collection: "leads", id }).value;
  return found && String(found.record?.["name"] ?? "somebody else");
}

function Mood({ item }: { item: TimelineItem }) {
  const mood = moodOf(item);
  if (mood === null) return null;
  return (
    <span className={styles["sentiment"]} title={moodSource(item)}>
      <MoodFace mood={mood} /> {moodWords[mood]}
    </span>
  );
}

function iconOf(item: TimelineItem): IconType {
  switch (item.kind) {
    case "call":
      if (item.call.direction === "outbound") return PhoneOutgoing;
      return item.call.answeredAt ? PhoneIncoming : PhoneMissed;
    case "note":
      return StickyNote;
    case "email":
      return item.openedCount > 0 ? MailOpen : Mail;
    case "message":
      return MessageSquare;
    case "task":
      return item.what === "done" ? Check : ListChecks;
    case "appointment":
      return Calendar;
    case "kept":
      return GitMerge;
    case "change":
      return item.what === "import" ? Import : item.what === "merge" ? GitMerge : History;
  }
}
