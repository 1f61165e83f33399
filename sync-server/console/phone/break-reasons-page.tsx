import type { BreakReason } from "../../../shared/entities/setting.ts";
import { BreakReasons } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import type { PageProps } from "../frame/pages.ts";
import { Link } from "../parts/link.tsx";
import { Column, NewButton, Page, Trouble } from "../parts/page.tsx";
import { NewSettingForm, SettingEditor } from "../settings/setting-editor.tsx";
import { keyOf } from "../settings/setting-keys.ts";
import { SettingList } from "../settings/setting-list.tsx";

const here = ["break-reasons"];
const path = "/break-reasons";
const noun = "break reason";

/** Why somebody takes no calls for a while, in the order in which desks offer it. */
export function BreakReasonsPage({ rest: [open] }: PageProps) {
  const { value, error, reload } = useAnswer(path, BreakReasons);
  const all = value?.breakReasons;
  const named = all?.find(({ key }) => key === open);
  const adds = open === "new" && value !== undefined && !named;
  const reason = adds ? undefined : (named ?? all?.find(({ archived }) => !archived));
  return (
    <Page
      crumbs={[
        { label: "Break reasons", to: here },
        ...(reason ? [{ label: reason.label }] : adds ? [{ label: "New break reason" }] : []),
      ]}
      action={!adds && <NewButton label="Add a break reason" to={[...here, "new"]} />}
    >
      <Column kind="list" label="Break reasons">
        <Trouble error={error} onRetry={reload} />
        <SettingList
          label="Break reasons"
          path={path}
          items={all}
          openId={reason?.id}
          addressOf={({ key }) => [...here, key]}
          note={() => null}
          empty={
            <>
              None: a break is just a break. <Link to={[...here, "new"]}>Add the first</Link>
            </>
          }
        />
      </Column>
      <Column kind="main" label={reason?.label ?? "Break reason"}>
        {adds && <NewBreakReasonForm existing={all ?? []} />}
        {reason && <BreakReasonEditor key={reason.id} reason={reason} all={all ?? []} />}
      </Column>
    </Page>
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
