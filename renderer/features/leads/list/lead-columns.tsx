import type { LeadRow } from "../../../../shared/rpc/contract/leads.ts";
import type { Directory } from "../../../client/index.ts";
import type { Column } from "../../../ui/table/columns.ts";
import { Phone } from "../../../ui/display/phone.tsx";
import { ago } from "../../../ui/format/times.ts";
import type { ClickToCall } from "../../calls/index.ts";
import { customColumn } from "../../record-fields/index.ts";
import type { LeadField } from "../model/lead-fields.ts";
import { ScoreMark, StageMark } from "./lead-marks.tsx";
import { LeadName } from "./lead-name.tsx";
import styles from "./list.module.css";
import { nextTaskWords } from "./next-task-words.ts";

type LeadColumn = Column<LeadRow>;

/** Everything a list of leads can show, by the keys that views keep. `now` makes relative times. */
export function leadColumns(
  directory: Directory,
  fields: readonly LeadField[],
  now: Date,
  clickToCall: ClickToCall,
): LeadColumn[] {
  const label = (path: string) => directory.fieldLabel("leads", path);
  const text = (key: "company" | "title" | "city" | "source" | "email", width: number): LeadColumn => ({
    key,
    label: label(key),
    width,
    grow: 2,
    sortable: true,
    dropOrder: 5,
    render: (lead) => <Words text={lead[key]} />,
  });
  const time = (key: "lastContactAt" | "createdAt" | "updatedAt", heading: string): LeadColumn => ({
    key,
    label: heading,
    width: 94,
    sortable: true,
    dropOrder: 6,
    render: (lead) => <Time at={lead[key]} now={now} />,
  });
  return [
    {
      key: "name",
      label: label("name"),
      width: 154,
      grow: 2,
      sortable: true,
      render: (lead) => <LeadName lead={lead} />,
    },
    { ...text("company", 156), dropOrder: 8 },
    text("title", 140),
    {
      key: "stage",
      label: label("stage"),
      width: 108,
      sortable: true,
      render: ({ stage }) => <StageMark stage={stage} />,
    },
    {
      key: "score",
      label: label("score"),
      width: 64,
      align: "end",
      sortable: true,
      render: ({ id, score }) => <ScoreMark id={id} score={score} />,
    },
    time("lastContactAt", label("lastContactAt")),
    {
      key: "nextTask",
      label: "Next task",
      width: 216,
      grow: 3,
      dropOrder: 7,
      render: (lead) => <NextTask lead={lead} now={now} />,
    },
    {
      key: "ownerId",
      label: label("ownerId"),
      width: 56,
      grow: 0.4,
      sortable: true,
      dropOrder: 2,
      render: ({ ownerId }) => <Words text={ownerId ? firstName(directory.personName(ownerId)) : ""} />,
    },
    {
      key: "phone",
      label: label("phone"),
      width: 144,
      dropOrder: 1,
      render: ({ id, phone }) =>
        phone ? <Phone number={phone} onCall={clickToCall(phone, id)} inTable /> : <None />,
    },
    text("email", 190),
    text("city", 110),
    text("source", 140),
    {
      key: "tags",
      label: label("tags"),
      width: 140,
      grow: 1,
      dropOrder: 4,
      render: ({ tags }) => <Words text={tags.join(", ")} />,
    },
    time("createdAt", "Created"),
    time("updatedAt", "Changed"),
    ...fields
      .filter(({ custom }) => custom !== null)
      .map((field) => customColumn<LeadRow>(field, "leads", directory, now)),
  ];
}

function Words({ text }: { text: string }) {
  if (text === "") return <None />;
  return (
    <bdi className="cut" title={text.length > 24 ? text : undefined}>
      {text}
    </bdi>
  );
}

function None() {
  return <span className={styles["none"]}>–</span>;
}

function Time({ at, now }: { at: string | null; now: Date }) {
  if (!at) return <None />;
  const time = new Date(at);
  return (
    <time className="tabular" dateTime={at} title={time.toLocaleString()}>
      {ago(time, now)}
    </time>
  );
}

function NextTask({ lead: { nextTask }, now }: { lead: LeadRow; now: Date }) {
  if (!nextTask) return <None />;
  const { when, urgent } = nextTaskWords(nextTask, now);
  return (
    <>
      {when && <span className={urgent ? styles["urgent"] : styles["when"]}>{when}</span>}
      <bdi className="cut">{nextTask.title}</bdi>
    </>
  );
}

function firstName(name: string): string {
  return name.split(/\s+/u)[0] ?? name;
}
