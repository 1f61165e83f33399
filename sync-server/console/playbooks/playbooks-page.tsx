import { Playbooks } from "../../admin/playbooks/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import type { PageProps } from "../frame/pages.ts";
import { Column, NewButton, Page, Trouble } from "../parts/page.tsx";
import { NewPlaybookForm } from "./new-playbook-form.tsx";
import { PlaybookEditor } from "./playbook-editor.tsx";
import { PlaybookList } from "./playbook-list.tsx";
import { gatherVersions } from "./playbook-versions.ts";

const here = ["playbooks"];

/** Every playbook, a new one, or one of them open with what was chosen in it. */
export function PlaybooksPage({ rest: [open, ...within] }: PageProps) {
  const { value, error, reload } = useAnswer("/playbooks", Playbooks);
  const all = value && gatherVersions(value.playbooks);
  const opened = all?.find(({ key }) => key === open);
  if (opened) return <PlaybookEditor key={opened.key} versions={opened} open={within} />;
  const adds = open === "new";
  return (
    <Page
      crumbs={[{ label: "Playbooks", to: here }, ...(adds ? [{ label: "New playbook" }] : [])]}
      action={!adds && <NewButton label="Add a playbook" to={[...here, "new"]} />}
    >
      <Column kind="main" label="Playbooks">
        <Trouble error={error} onRetry={reload} />
        {adds && all && <NewPlaybookForm key={within[0]} all={all} like={within[0]} />}
        {!adds && <PlaybookList all={all} />}
      </Column>
    </Page>
  );
}
