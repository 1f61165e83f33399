import { Phone as PhoneIcon } from "lucide-react";
import { useState, type ReactNode } from "react";
import type { FieldValue } from "../../../../shared/entities/fields.ts";
import type { Lead } from "../../../../shared/entities/lead.ts";
import type { Unsent } from "../../../../shared/rpc/contract/records.ts";
import { readField } from "../../../../shared/sync/fields.ts";
import { fieldText, useDirectory, useEdits } from "../../../client/index.ts";
import { Button, IconButton } from "../../../ui/controls/button.tsx";
import { Avatar } from "../../../ui/display/avatar.tsx";
import { callWords, Phone } from "../../../ui/display/phone.tsx";
import { useNow } from "../../../ui/format/use-now.ts";
import { useShortcuts } from "../../../ui/keys/shortcuts.tsx";
import { useClickToCall, type ClickToCall } from "../../calls/index.ts";
import { leadFields, type LeadField } from "../model/lead-fields.ts";
import { LevelTag } from "../score/level-tag.tsx";
import { InlineField } from "./inline-field.tsx";
import { ProfileName } from "./profile-name.tsx";
import { StageSteps } from "./stage-steps.tsx";
import styles from "./profile.module.css";

const always = ["phone", "email", "ownerId", "source"];
const onDemand = ["title", "company", "city", "phoneSecond", "tags", "doNotCall"];

export interface ProfileHeaderProps {
  lead: Lead;
  unsent: Unsent;
  me: string;
  /** Whether they may give it to another team. */
  mayMove: boolean;
}

/** Who it is, where in the pipeline, and every field, each editable where it stands. */
export function ProfileHeader({ lead, unsent, me, mayMove }: ProfileHeaderProps) {
  const directory = useDirectory();
  const { edit } = useEdits();
  const clickToCall = useClickToCall();
  const [showsAll, setShowsAll] = useState(false);
  const set = (path: string, value: FieldValue, seen: FieldValue) => {
    const text = fieldText(directory, "leads", path, value, new Date());
    void edit(
      [{ collection: "leads", id: lead.id, set: { [path]: value }, seen: { [path]: seen } }],
      `${directory.fieldLabel("leads", path)} of ${lead.name} is ${text}`,
    );
  };
  const fields = leadFields(directory);
  const named = (paths: readonly string[]) =>
    paths.flatMap((path) => fields.find((field) => field.path === path) ?? []);
  const shown = [
    ...named(always),
    ...fields.filter(({ custom }) => custom !== null),
    ...(showsAll ? named(mayMove ? ["teamId", ...onDemand] : onDemand) : []),
  ];
  useShortcuts("screen", [
    {
      id: "edit",
      keys: "e",
      title: "Edit the first field",
      group: "This person",
      run: () => document.querySelector<HTMLElement>("[data-field]")?.focus(),
    },
  ]);
  return (
    <header className={styles["header"]}>
      <div className={styles["title-line"]}>
        <div className={styles["title"]}>
          <ProfileName lead={lead} onSave={(name, seen) => set("name", name, seen)} />
          <LevelTag leadId={lead.id} className={styles["tag"]} />
          {lead.doNotCall && <span className={styles["tag"]}>Do not call</span>}
        </div>
        <StageSteps
          stage={lead.stage}
          onPick={(stage) => stage !== lead.stage && set("stage", stage, lead.stage)}
        />
      </div>
      <p className={styles["subtitle"]}>
        <bdi className="cut">{[lead.title, lead.company, lead.city].filter(Boolean).join(", ")}</bdi>
        <Button kind="link" size="small" aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? "Fewer fields" : "All fields"}
        </Button>
      </p>
      <div className={styles["grid"]}>
        {shown.map((field) => (
          <InlineField
            key={field.path}
            field={field}
            value={readField(lead, field.path)}
            onSave={(value, seen) => set(field.path, value, seen)}
            waiting={unsent.waiting.includes(field.path)}
            refused={unsent.refused.find((refused) => refused.field === field.path)?.refusal.message}
            action={callAction(field, lead, clickToCall)}
            onShowKept={keptIn(lead, field.path) ? () => showKept(field.path) : undefined}
          >
            <FieldValueText field={field} lead={lead} me={me} />
          </InlineField>
        ))}
      </div>
    </header>
  );
}

function keptIn(lead: Lead, path: string): boolean {
  return lead.kept.some(({ field, settledAt }) => field === path && settledAt === null);
}

function showKept(path: string): void {
  const block = document.getElementById(`kept-${path}`);
  block?.scrollIntoView({ block: "center" });
  block?.querySelector("button")?.focus();
}

/** Calls the number of a field, as Call does: not whoever asked not to be. */
function callAction(field: LeadField, lead: Lead, clickToCall: ClickToCall): ReactNode {
  const number = readField(lead, field.path);
  if (field.kind !== "phone" || typeof number !== "string" || lead.doNotCall) return null;
  const call = clickToCall(number, lead.id);
  return call && <IconButton size="small" icon={PhoneIcon} label={callWords(number)} onClick={call} />;
}

function FieldValueText({ field, lead, me }: { field: LeadField; lead: Lead; me: string }) {
  const directory = useDirectory();
  const now = useNow();
  const value = readField(lead, field.path);
  if (field.kind === "phone" && typeof value === "string") return <Phone number={value} />;
  const text = fieldText(directory, "leads", field.path, value, now);
  if (field.kind !== "person") return <bdi className="cut tabular">{text}</bdi>;
  return (
    <>
      <Avatar name={text} me={value === me} />
      <bdi className="cut">{text}</bdi>
    </>
  );
}
