import { useState } from "react";
import { MultiSelect, Select } from "../../../renderer/ui/fields/select.tsx";
import { usualQueue } from "../../../shared/calls/phone-rules.ts";
import type { Queue } from "../../../shared/entities/setting.ts";
import { People, Queues, Teams } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Section } from "../parts/page.tsx";
import { SavedText } from "../parts/saved-text.tsx";
import { NewSettingForm, SettingEditor } from "../settings/setting-editor.tsx";
import { keyOf } from "../settings/setting-keys.ts";
import { useSetting } from "../settings/use-setting.ts";
import { SavedNumber } from "./saved-number.tsx";

const path = "/queues";
const noun = "queue";
const everybody = "Nobody chosen: everybody is rung";

export function QueueEditor({ queue, all }: { queue: Queue; all: readonly Queue[] }) {
  const setting = useSetting(path);
  const choices = useMembers();
  const { id, key, label, archived, kind: _kind, order: _order, rev: _rev, ...rest } = queue;
  const { createdAt: _created, updatedAt: _updated, kept: _kept, ...own } = rest;
  const save = (next: Partial<Queue>, said: string) => {
    const before = Object.fromEntries(Object.keys(next).map((field) => [field, queue[field as keyof Queue]]));
    void setting.save(id, next, before, said);
  };
  const number = (field: "ringSeconds" | "targetSeconds" | "overflowSeconds", said: string) => ({
    value: queue[field],
    onSave: (value: number | null) => save({ [field]: value }, said),
  });
  const others = all.filter((one) => one.id !== id && !one.archived);
  return (
    <SettingEditor
      path={path}
      noun={noun}
      item={queue}
      about={`Called ${key} in files and the API${archived ? ". Archived: no number can be given to it" : ""}`}
      remake={{ key, label, ...own }}
      ids={all.map((one) => one.id)}
      closeTo={["queues"]}
    >
      <Section title="Who is rung" note="Whoever has been free for longest first.">
        <MultiSelect
          label="People"
          value={queue.userIds}
          choices={choices.people}
          placeholder={everybody}
          onChange={(userIds) =>
            save({ userIds: userIds as Queue["userIds"] }, `Who takes calls of “${label}” is changed.`)
          }
        />
        <MultiSelect
          label="Teams"
          value={queue.teamIds}
          choices={choices.teams}
          onChange={(teamIds) =>
            save({ teamIds: teamIds as Queue["teamIds"] }, `Who takes calls of “${label}” is changed.`)
          }
        />
        <SavedNumber
          label="A desk rings for, in seconds"
          hint="5 to 300, then the next one does."
          {...number("ringSeconds", "How long a desk rings is changed.")}
        />
      </Section>
      <Section title="While callers wait">
        <SavedText
          label="Announcement"
          hint="Said once, before the music. Empty: nothing."
          value={queue.announcement}
          onSave={(announcement) => save({ announcement }, "The announcement is changed.")}
        />
        <SavedNumber
          label="Service level: answered within, in seconds"
          hint="The wallboard counts the share of calls that are."
          {...number("targetSeconds", "The target is changed.")}
        />
      </Section>
      <Section title="When nobody takes it">
        <SavedNumber
          label="Give up after, in seconds"
          hint="At once where nobody is at a desk."
          {...number("overflowSeconds", "How long callers wait is changed.")}
        />
        <Select
          label="Then"
          value={queue.overflowQueue}
          choices={[
            { value: "", label: "Voicemail" },
            ...others.map((one) => ({ value: one.key, label: `Queue “${one.label}”` })),
          ]}
          onChange={(next) => save({ overflowQueue: next ?? "" }, "Where callers go then is changed.")}
        />
      </Section>
    </SettingEditor>
  );
}

export function NewQueueForm({ existing }: { existing: readonly Queue[] }) {
  const [userIds, setUserIds] = useState<string[]>([]);
  const [teamIds, setTeamIds] = useState<string[]>([]);
  const choices = useMembers();
  const taken = existing.map((one) => one.key);
  return (
    <NewSettingForm
      path={path}
      noun={noun}
      answer={Queues}
      bodyOf={(label) => ({ ...usualQueue, key: keyOf(label, "-", taken), label, userIds, teamIds })}
      closeTo={["queues"]}
    >
      <MultiSelect
        label="People"
        value={userIds}
        choices={choices.people}
        placeholder={everybody}
        onChange={setUserIds}
      />
      <MultiSelect label="Teams" value={teamIds} choices={choices.teams} onChange={setTeamIds} />
    </NewSettingForm>
  );
}

function useMembers() {
  const people = useAnswer("/people", People).value?.people ?? [];
  const teams = useAnswer("/teams", Teams).value?.teams ?? [];
  return {
    people: people
      .filter(({ active }) => active)
      .map(({ userId, name }) => ({ value: userId as string, label: name })),
    teams: teams.map(({ id, name }) => ({ value: id as string, label: name })),
  };
}
