import { Select } from "../../../renderer/ui/fields/select.tsx";
import { usualQueue } from "../../../shared/calls/phone-rules.ts";
import type { Queue } from "../../../shared/entities/setting.ts";
import { Queues } from "../../admin/wire.ts";
import { Section } from "../parts/page.tsx";
import { SavedText } from "../parts/saved-text.tsx";
import { SettingEditor, type SaveSetting } from "../settings/setting-editor.tsx";
import { MemberFields, NewMembersForm } from "./member-fields.tsx";
import { SavedNumber } from "./saved-number.tsx";

export const queueKind = { path: "/queues", noun: "queue", answer: Queues };
const everybody = "Nobody chosen: everybody is rung";

type All = { all: readonly Queue[] };

export function QueueEditor({ queue, all }: All & { queue: Queue }) {
  return (
    <SettingEditor of={queueKind} item={queue} all={all} whenArchived="no number can be given to it">
      {(shown, save) => <QueueSections queue={shown} all={all} save={save} />}
    </SettingEditor>
  );
}

function QueueSections({ queue, all, save }: All & { queue: Queue; save: SaveSetting<Queue> }) {
  const { id, label } = queue;
  const number = (field: "ringSeconds" | "targetSeconds" | "overflowSeconds", said: string) => ({
    value: queue[field],
    // What is no number is not taken: the server says why.
    onSave: (value: number | null) => save({ [field]: value } as Partial<Queue>, said),
  });
  const others = all.filter((one) => one.id !== id && !one.archived);
  return (
    <>
      <Section title="Who is rung" note="Whoever has been free for longest first.">
        <MemberFields
          members={queue}
          everybody={everybody}
          onChange={(members) => save(members, `Who takes calls of “${label}” is changed.`)}
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
    </>
  );
}

export function NewQueueForm({ all }: All) {
  return <NewMembersForm of={queueKind} all={all} usual={usualQueue} everybody={everybody} />;
}
