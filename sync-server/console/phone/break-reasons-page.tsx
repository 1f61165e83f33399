import type { BreakReason } from "../../../shared/entities/setting.ts";
import { BreakReasons } from "../../admin/wire.ts";
import type { PageProps } from "../frame/pages.ts";
import { NewSettingForm, SettingEditor } from "../settings/setting-editor.tsx";
import { keyOf } from "../settings/setting-keys.ts";
import { SettingPage } from "../settings/setting-page.tsx";

const here = ["break-reasons"];
const path = "/break-reasons";
const noun = "break reason";

/** Why somebody takes no calls for a while, in the order in which desks offer it. */
export function BreakReasonsPage({ rest: [open] }: PageProps) {
  return (
    <SettingPage
      title="Break reasons"
      noun={noun}
      path={path}
      answer={BreakReasons}
      itemsOf={({ breakReasons }) => breakReasons}
      open={open}
      note={() => null}
      empty="None: a break is just a break."
      editor={(reason, all) => <BreakReasonEditor key={reason.id} reason={reason} all={all} />}
      form={(all) => <NewBreakReasonForm existing={all} />}
    />
  );
}

function BreakReasonEditor({ reason, all }: { reason: BreakReason; all: readonly BreakReason[] }) {
  const { key, label, archived } = reason;
  return (
    <SettingEditor
      path={path}
      noun={noun}
      item={reason}
      about={`Called ${key} in files and the API${archived ? ". Archived: desks do not offer it" : ""}`}
      remake={{ key, label }}
      ids={all.map((one) => one.id)}
      closeTo={here}
    >
      {null}
    </SettingEditor>
  );
}

function NewBreakReasonForm({ existing }: { existing: readonly BreakReason[] }) {
  const taken = existing.map((one) => one.key);
  return (
    <NewSettingForm
      path={path}
      noun={noun}
      answer={BreakReasons}
      bodyOf={(label) => ({ key: keyOf(label, "-", taken), label })}
      closeTo={here}
    >
      {null}
    </NewSettingForm>
  );
}
