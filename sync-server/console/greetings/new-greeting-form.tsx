import { useState } from "react";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import { TextArea } from "../../../renderer/ui/fields/text-input.tsx";
import type { Greeting } from "../../../shared/entities/setting.ts";
import { NewSettingForm } from "../settings/setting-editor.tsx";
import { greetingKind, sentenceOfUse } from "./greeting-words.ts";

export function NewGreetingForm({ all }: { all: readonly Greeting[] }) {
  const [use, setUse] = useState<Greeting["use"]>("drop");
  const [text, setText] = useState("");
  return (
    <NewSettingForm of={greetingKind} existing={all} body={{ use, text: text.trim() }}>
      <Select
        label="Use"
        value={use}
        choices={[
          { value: "drop", label: sentenceOfUse.drop },
          { value: "mailbox", label: sentenceOfUse.mailbox },
        ]}
        onChange={(next) => setUse(next === "mailbox" ? "mailbox" : "drop")}
      />
      <TextArea
        label="Words"
        required
        hint="Spoken by a machine's voice until you record them; that is the next step."
        maxLength={1_000}
        value={text}
        onChange={setText}
      />
    </NewSettingForm>
  );
}
