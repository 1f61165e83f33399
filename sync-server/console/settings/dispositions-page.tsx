import type { PageProps } from "../frame/pages.ts";
import { DispositionEditor, dispositionKind, NewDispositionForm } from "./disposition-editor.tsx";
import { SettingPage } from "./setting-page.tsx";

/** How a call can end, in the order in which wrap-up offers it. */
export function DispositionsPage({ rest: [open] }: PageProps) {
  return (
    <SettingPage
      of={dispositionKind}
      title="Dispositions"
      itemsOf={({ dispositions }) => dispositions}
      open={open}
      note={({ followUp, doNotCall }) =>
        [followUp && "Follow-up", doNotCall && "Do not call"].filter(Boolean).join(", ")
      }
      empty="None: calls end without a word."
      editor={(disposition, all) => (
        <DispositionEditor key={disposition.id} disposition={disposition} all={all} />
      )}
      form={(all) => <NewDispositionForm all={all} />}
    />
  );
}
