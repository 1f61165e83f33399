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
import type { Lead } from "../../../../shared/entities/lead.ts";
import type { TimelineItem } from "../../../../shared/rpc/contract/leads.ts";
import { fieldText, useDirectory } from "../../../client/index.ts";
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
      {field === "stage" ? (
        <StageMark stage={String(from ?? "")} />
      ) : (
        <bdi>{fieldText(directory, "leads", field, from, now)}</bdi>
      )}
      <Icon of={ArrowRight} size={14} />
      {field === "stage" ? (
        <StageMark stage={String(to ?? "")} />
      ) : (
        <bdi className={styles["to"]}>{fieldText(directory, "leads", field, to, now)}</bdi>
      )}
    </span>
  ));
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
