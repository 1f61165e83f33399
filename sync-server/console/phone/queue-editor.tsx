import { useState } from "react";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import { usualQueue } from "../../../shared/calls/phone-rules.ts";
import type { Queue } from "../../../shared/entities/setting.ts";
import { Queues } from "../../admin/wire.ts";
import { Section } from "../parts/page.tsx";
import { SavedText } from "../parts/saved-text.tsx";
import { NewSettingForm, SettingEditor } from "../settings/setting-editor.tsx";
import { keyOf } from "../settings/setting-keys.ts";
import { remakeOf, useEdited } from "../settings/use-setting.ts";
import { MemberFields, type Members } from "./member-fields.tsx";
import { SavedNumber } from "./saved-number.tsx";

const path = "/queues";
const noun = "queue";
const everybody = "Nobody chosen: everybody is rung";

export function QueueEditor({ queue: saved, all }: { queue: Queue; all: readonly Queue[] }) {
  const { shown: queue, save } = useEdited(path, saved);
  const { id, key, label, archived } = queue;
  const number = (field: "ringSeconds" | "targetSeconds" | "overflowSeconds", said: string) => ({
    value: queue[field],
    // What is no number is not taken: the server says why.
    onSave: (value: number | null) => save({ [field]: value } as Partial<Queue>, said),
  });
  const others = all.filter((one) => one.id !== id && !one.archived);
  return (
    <SettingEditor
      path={path}
      noun={noun}
      item={queue}
      about={`Called ${key} in files and the API${archived ? ". Archived: no number can be given to it" : ""}`}
      remake={remakeOf(queue)}
      ids={all.map((one) => one.id)}
      closeTo={["queues"]}
    >
      <Section title="Who is rung" note="Whoever has been free for longest first.">
        <MemberFields
          members={queue}
          everybody={everybody}
          onChange={({ userIds, teamIds }) =>
            save({ userIds, teamIds }, `Who takes calls of “${label}” is changed.`)
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
  const [members, setMembers] = useState<Members>({ userIds: [], teamIds: [] });
  const taken = existing.map((one) => one.key);
  return (
    <NewSettingForm
      path={path}
      noun={noun}
      answer={Queues}
      bodyOf={(label) => ({ ...usualQueue, key: keyOf(label, "-", taken), label, ...members })}
      closeTo={["queues"]}
    >
      <MemberFields members={members} everybody={everybody} onChange={setMembers} />
    </NewSettingForm>
  );
}
