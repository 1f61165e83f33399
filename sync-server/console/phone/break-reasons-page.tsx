import { BreakReasons } from "../../admin/wire.ts";
import type { PageProps } from "../frame/pages.ts";
import { NewSettingForm, SettingEditor } from "../settings/setting-editor.tsx";
import { SettingPage } from "../settings/setting-page.tsx";

const breakReasonKind = { path: "/break-reasons", noun: "break reason", answer: BreakReasons };

/** Why somebody takes no calls for a while, in the order in which desks offer it. */
export function BreakReasonsPage({ rest: [open] }: PageProps) {
  return (
    <SettingPage
      of={breakReasonKind}
      title="Break reasons"
      itemsOf={({ breakReasons }) => breakReasons}
      open={open}
      note={() => null}
      empty="None: a break is just a break."
      editor={(reason, all) => (
        <SettingEditor
          key={reason.id}
          of={breakReasonKind}
          item={reason}
          all={all}
          whenArchived="desks do not offer it"
        >
          {() => null}
        </SettingEditor>
      )}
      form={(all) => <NewSettingForm of={breakReasonKind} existing={all} />}
    />
  );
}
