import { useState } from "react";
import { Checkbox } from "../../../renderer/ui/fields/tick.tsx";
import type { Disposition } from "../../../shared/entities/setting.ts";
import { Dispositions } from "../../admin/wire.ts";
import { NewSettingForm, SettingEditor } from "./setting-editor.tsx";

export const dispositionKind = { path: "/dispositions", noun: "disposition", answer: Dispositions };
const followUpWords = "Asks for a follow-up: wrap-up ends only with a next task";

const doNotCallWords = "They asked not to be called: nobody can call that lead again";

type All = { all: readonly Disposition[] };

export function DispositionEditor({ disposition, all }: All & { disposition: Disposition }) {
  return (
    <SettingEditor of={dispositionKind} item={disposition} all={all} whenArchived="wrap-up does not offer it">
      {({ label, followUp, doNotCall }, save) => (
        <>
          <Checkbox
            checked={followUp}
            onChange={(next) =>
              save(
                { followUp: next },
                next ? `“${label}” asks for a follow-up now.` : `“${label}” asks for nothing more.`,
              )
            }
          >
            {followUpWords}
          </Checkbox>
          <Checkbox
            checked={doNotCall === true}
            onChange={(next) =>
              save(
                { doNotCall: next },
                next ? `Whose call ends as “${label}” is not called again.` : `“${label}” forbids no calls.`,
              )
            }
          >
            {doNotCallWords}
          </Checkbox>
        </>
      )}
    </SettingEditor>
  );
}

export function NewDispositionForm({ all }: All) {
  const [followUp, setFollowUp] = useState(false);
  const [doNotCall, setDoNotCall] = useState(false);
  return (
    <NewSettingForm of={dispositionKind} existing={all} body={{ followUp, doNotCall }}>
      <Checkbox checked={followUp} onChange={setFollowUp}>
        {followUpWords}
      </Checkbox>
      <Checkbox checked={doNotCall} onChange={setDoNotCall}>
        {doNotCallWords}
      </Checkbox>
    </NewSettingForm>
  );
}
