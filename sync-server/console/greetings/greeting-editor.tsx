import { TextArea } from "../../../renderer/ui/fields/text-input.tsx";
import { useDraft } from "../../../renderer/ui/fields/use-draft.ts";
import type { Greeting } from "../../../shared/entities/setting.ts";
import { Section } from "../parts/page.tsx";
import { SettingEditor, type SaveSetting } from "../settings/setting-editor.tsx";
import { greetingKind, sentenceOfUse } from "./greeting-words.ts";
import { SoundField } from "./sound-field.tsx";

export type GreetingPart = { greeting: Greeting; save: SaveSetting<Greeting> };

export function GreetingEditor({ greeting, all }: { greeting: Greeting; all: readonly Greeting[] }) {
  return (
    <SettingEditor
      of={greetingKind}
      item={greeting}
      all={all}
      about={`${sentenceOfUse[greeting.use]}.`}
      whenArchived="not in use"
    >
      {(shown, save) => (
        <>
          <Section
            title="Recording"
            note={`Two minutes at most. ${shown.sound === "" ? "Without one, its words are spoken by a machine's voice." : "Its words are kept for when you remove it."}`}
          >
            <SoundField greeting={shown} save={save} />
          </Section>
          <Section title="Words">
            <WordsField greeting={shown} save={save} />
          </Section>
        </>
      )}
    </SettingEditor>
  );
}

/** Several lines, saved when the caret leaves; emptied, they go back to what they were. */
function WordsField({ greeting, save }: GreetingPart) {
  const take = (typed: string) => {
    const text = typed.trim();
    if (text !== "" && text !== greeting.text)
      save({ text }, `The words of “${greeting.label}” are changed.`);
  };
  const [draft, setDraft] = useDraft(take);
  const leave = () => {
    if (draft === null) return;
    setDraft(null);
    take(draft);
  };
  return (
    <TextArea
      label="Words"
      hideLabel
      rows={4}
      maxLength={1_000}
      value={draft ?? greeting.text}
      onChange={setDraft}
      onBlur={leave}
    />
  );
}
