import { useState } from "react";
import { TextArea } from "../../../renderer/ui/fields/text-input.tsx";
import type { Greeting } from "../../../shared/entities/setting.ts";
import { Section } from "../parts/page.tsx";
import { SettingEditor } from "../settings/setting-editor.tsx";
import { remakeOf, useSetting } from "../settings/use-setting.ts";
import { greetingPath, sentenceOfUse } from "./greeting-words.ts";
import { SoundField } from "./sound-field.tsx";

export function GreetingEditor({ greeting, all }: { greeting: Greeting; all: readonly Greeting[] }) {
  const { key, use, archived } = greeting;
  return (
    <SettingEditor
      path={greetingPath}
      noun="greeting"
      item={greeting}
      about={`${sentenceOfUse[use]}. Called ${key} in files and the API${archived ? ". Archived: not in use" : ""}`}
      remake={remakeOf(greeting)}
      ids={all.map(({ id }) => id)}
      closeTo={["greetings"]}
    >
      <Section
        title="Recording"
        note={`Two minutes at most. ${greeting.sound === "" ? "Without one, its words are spoken by a machine's voice." : "Its words are kept for when you remove it."}`}
      >
        <SoundField greeting={greeting} />
      </Section>
      <Section title="Words">
        <WordsField greeting={greeting} />
      </Section>
    </SettingEditor>
  );
}

/** Several lines, saved when the caret leaves; emptied, they go back to what they were. */
function WordsField({ greeting }: { greeting: Greeting }) {
  const setting = useSetting(greetingPath);
  const [draft, setDraft] = useState<string | null>(null);
  const save = () => {
    const text = draft?.trim() ?? "";
    setDraft(null);
    if (text === "" || text === greeting.text) return;
    void setting.saveFields(greeting, { text }, `The words of “${greeting.label}” are changed.`);
  };
  return (
    <TextArea
      label="Words"
      hideLabel
      rows={4}
      maxLength={1_000}
      value={draft ?? greeting.text}
      onChange={setDraft}
      onBlur={save}
    />
  );
}
