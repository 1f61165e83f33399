import { Dispositions } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import type { PageProps } from "../frame/pages.ts";
import { Link } from "../parts/link.tsx";
import { Column, NewButton, Page, Trouble } from "../parts/page.tsx";
import { DispositionEditor, NewDispositionForm } from "./disposition-editor.tsx";
import { SettingList } from "./setting-list.tsx";

const here = ["dispositions"];

/** How a call can end, in the order in which wrap-up offers it. */
export function DispositionsPage({ rest: [open] }: PageProps) {
  const { value, error, reload } = useAnswer("/dispositions", Dispositions);
  const all = value?.dispositions;
  const named = all?.find(({ key }) => key === open);
  // A key may be called "new" too: what stands there wins.
  const adds = open === "new" && value !== undefined && !named;
  const disposition = adds ? undefined : (named ?? all?.find(({ archived }) => !archived));
  return (
    <Page
      crumbs={[
        { label: "Dispositions", to: here },
        ...(disposition ? [{ label: disposition.label }] : adds ? [{ label: "New disposition" }] : []),
      ]}
      action={!adds && <NewButton label="Add a disposition" to={[...here, "new"]} />}
    >
      <Column kind="list" label="Dispositions">
        <Trouble error={error} onRetry={reload} />
        <SettingList
          label="Dispositions"
          path="/dispositions"
          items={all}
          openId={disposition?.id}
          addressOf={({ key }) => [...here, key]}
          note={({ followUp }) => followUp && "Follow-up"}
          empty={
            <>
              None: calls end without a word. <Link to={[...here, "new"]}>Add the first</Link>
            </>
          }
        />
      </Column>
      <Column kind="main" label={disposition?.label ?? "Disposition"}>
        {adds && <NewDispositionForm existing={all ?? []} />}
        {disposition && <DispositionEditor key={disposition.id} disposition={disposition} all={all ?? []} />}
      </Column>
    </Page>
  );
}
