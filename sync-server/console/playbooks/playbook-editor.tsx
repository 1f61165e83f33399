import { useState } from "react";
import { Column, Page } from "../parts/page.tsx";
import { AboutPlaybook } from "./about-playbook.tsx";
import { CompareDialog } from "./compare-dialog.tsx";
import { EntryEditor } from "./entry-editor.tsx";
import { Outline } from "./outline.tsx";
import type { Versions } from "./playbook-versions.ts";
import { PublishBar, VersionBadge } from "./publish-bar.tsx";
import { TrialPanel } from "./trial-panel.tsx";
import { countHits } from "./trial-model.ts";
import { useDraft } from "./use-draft.ts";
import { useTrial } from "./use-trial.ts";

/** What is chosen in a playbook: an entry of one of its lists; null = the playbook itself. */
export type Chosen = { list: "items" | "cards"; key: string } | null;

/** A playbook: what it has at the left, what is chosen in the middle, past calls that it is tried against at the right. */
export function PlaybookEditor({
  versions,
  open: [list, key],
}: {
  versions: Versions;
  open: readonly string[];
}) {
  const { shown, saving, edit } = useDraft(versions);
  const trial = useTrial(versions);
  const [comparing, setComparing] = useState(false);
  const chosen = chosenOf(list, key) ?? firstOf(shown.cards);
  const entry = chosen && shown[chosen.list].find((one) => one.key === chosen.key);
  const here = ["playbooks", versions.key];
  return (
    <Page
      crumbs={[{ label: "Playbooks", to: ["playbooks"] }, { label: shown.label }]}
      note={<VersionBadge versions={versions} />}
      action={<PublishBar versions={versions} saving={saving} onCompare={() => setComparing(true)} />}
    >
      <Column kind="list" label="Parts of the playbook">
        <Outline
          rules={shown}
          chosen={list === "about" ? null : chosen}
          here={here}
          counts={countHits(trial.calls)}
          edit={edit}
        />
      </Column>
      <Column kind="main" label={nameOf(entry) ?? shown.label}>
        {chosen && entry && list !== "about" ? (
          <EntryEditor
            key={`${chosen.list} ${chosen.key}`}
            rules={shown}
            chosen={chosen}
            trial={trial}
            edit={edit}
          />
        ) : (
          <AboutPlaybook versions={versions} rules={shown} edit={edit} />
        )}
      </Column>
      <Column kind="side" label="Try against past calls">
        <TrialPanel versions={versions} chosen={list === "about" ? null : chosen} trial={trial} />
      </Column>
      <CompareDialog versions={versions} opened={comparing} onClose={() => setComparing(false)} />
    </Page>
  );
}

function chosenOf(list: string | undefined, key: string | undefined): Chosen {
  return (list === "items" || list === "cards") && key !== undefined ? { list, key } : null;
}

function firstOf(cards: readonly { key: string }[]): Chosen {
  const [first] = cards;
  return first ? { list: "cards", key: first.key } : null;
}

function nameOf(entry: { label: string } | { title: string } | null | undefined): string | null {
  if (!entry) return null;
  return "title" in entry ? entry.title : entry.label;
}
