import { useState } from "react";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { Checkbox } from "../../../renderer/ui/fields/tick.tsx";
import type { Disposition } from "../../../shared/entities/setting.ts";
import { Dispositions } from "../../admin/wire.ts";
import { useSend } from "../api/use-change.ts";
import { goTo } from "../frame/address.ts";
import { Form, useForm } from "../parts/form.tsx";
import { SavedText } from "../parts/saved-text.tsx";
import { LeaveSection } from "./leave-section.tsx";
import { keyOf } from "./setting-keys.ts";
import { useSetting } from "./use-setting.ts";
import styles from "./settings.module.css";

const followUpWords = "Asks for a follow-up: wrap-up ends only with a next task";

export function DispositionEditor({
  disposition,
  all,
}: {
  disposition: Disposition;
  all: readonly Disposition[];
}) {
  const setting = useSetting("/dispositions");
  const { id, key, label, followUp, archived } = disposition;
  return (
    <div className={styles["editor"]}>
      <h2>{label}</h2>
      <p className={styles["sub"]}>
        Called {key} in files and the API{archived && ". Archived: wrap-up does not offer it"}
      </p>
      <SavedText
        label="Label"
        neverEmpty
        value={label}
        onSave={(typed) =>
          void setting.save(id, { label: typed }, { label }, `“${label}” is called “${typed}” now.`)
        }
      />
      <Checkbox
        checked={followUp}
        onChange={(next) =>
          void setting.save(
            id,
            { followUp: next },
            { followUp },
            next ? `“${label}” asks for a follow-up now.` : `“${label}” asks for nothing more.`,
          )
        }
      >
        {followUpWords}
      </Checkbox>
      <LeaveSection
        path="/dispositions"
        item={disposition}
        noun="disposition"
        remake={{ key, label, followUp }}
        ids={all.map((one) => one.id)}
        closeTo={["dispositions"]}
      />
    </div>
  );
}

export function NewDispositionForm({ existing }: { existing: readonly Disposition[] }) {
  const send = useSend();
  const [label, setLabel] = useState("");
  const [followUp, setFollowUp] = useState(false);
  const form = useForm(async () => {
    const taken = existing.map((one) => one.key);
    const key = keyOf(label, "-", taken);
    const body = { key, label: label.trim(), followUp };
    const answer = await send({ method: "POST", path: "/dispositions", body }, Dispositions);
    if (!answer.ok) return answer.error.message;
    goTo("dispositions", key);
    return null;
  });
  return (
    <div className={styles["editor"]}>
      <h2>New disposition</h2>
      <Form form={form} action="Add the disposition" ready={label.trim() !== ""}>
        <TextInput
          label="Label"
          required
          hint="It comes last; move it in the list afterwards."
          value={label}
          onChange={setLabel}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the form was asked for and begins here
          autoFocus
        />
        <Checkbox checked={followUp} onChange={setFollowUp}>
          {followUpWords}
        </Checkbox>
      </Form>
    </div>
  );
}
