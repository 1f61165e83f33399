import { useState } from "react";
import { Checkbox } from "../../../renderer/ui/fields/tick.tsx";
import type { Disposition } from "../../../shared/entities/setting.ts";
import { Dispositions } from "../../admin/wire.ts";
import { NewSettingForm, SettingEditor } from "./setting-editor.tsx";
import { keyOf } from "./setting-keys.ts";
import { useSetting } from "./use-setting.ts";

const path = "/dispositions";
const noun = "disposition";
const followUpWords = "Asks for a follow-up: wrap-up ends only with a next task";

export function DispositionEditor({
  disposition,
  all,
}: {
  disposition: Disposition;
  all: readonly Disposition[];
}) {
  const setting = useSetting(path);
  const { id, key, label, followUp, archived } = disposition;
  const ask = (next: boolean) =>
    void setting.save(
      id,
      { followUp: next },
      { followUp },
      next ? `“${label}” asks for a follow-up now.` : `“${label}” asks for nothing more.`,
    );
  return (
    <SettingEditor
      path={path}
      noun={noun}
      item={disposition}
      about={`Called ${key} in files and the API${archived ? ". Archived: wrap-up does not offer it" : ""}`}
      remake={{ key, label, followUp }}
      ids={all.map((one) => one.id)}
      closeTo={["dispositions"]}
    >
      <Checkbox checked={followUp} onChange={ask}>
        {followUpWords}
      </Checkbox>
    </SettingEditor>
  );
}

export function NewDispositionForm({ existing }: { existing: readonly Disposition[] }) {
  const [followUp, setFollowUp] = useState(false);
  const taken = existing.map((one) => one.key);
  return (
    <NewSettingForm
      path={path}
      noun={noun}
      answer={Dispositions}
      bodyOf={(label) => ({ key: keyOf(label, "-", taken), label, followUp })}
      closeTo={["dispositions"]}
    >
      <Checkbox checked={followUp} onChange={setFollowUp}>
        {followUpWords}
      </Checkbox>
    </NewSettingForm>
  );
}
