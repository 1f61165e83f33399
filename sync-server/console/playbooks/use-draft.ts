import { useEffect, useRef } from "react";
import type { PlaybookRules } from "../../../shared/entities/playbook.ts";
import { editRules } from "../../admin/playbooks/edit-rules.ts";
import { Playbooks, type PlaybookEdit } from "../../admin/playbooks/wire.ts";
import { useChange, useSend, type Request } from "../api/use-change.ts";
import { useUnsaved } from "../api/use-unsaved.ts";
import type { Versions } from "./playbook-versions.ts";
import { undoEdit } from "./undo-edit.ts";

/** Makes one change to the draft, shows it at once, and says so in a toast that takes it back. */
export type EditDraft = (edit: PlaybookEdit, said: string) => void;

/** The rules that are edited. The first edit of what is live begins a draft: what agents see stays as it is. */
export function useDraft({ key, edited, draft }: Versions): {
  shown: PlaybookRules;
  saving: boolean;
  edit: EditDraft;
} {
  const send = useSend();
  const change = useChange();
  const { shown, saving, keep } = useUnsaved<PlaybookRules>(edited);
  const latest = useRef(shown);
  useEffect(() => {
    latest.current = shown;
  });
  const path = `/playbooks/${key}/draft`;
  const patch = (body: PlaybookEdit): Request => ({ method: "PATCH", path, body });
  return {
    shown,
    saving,
    edit(edit, said) {
      const next = editRules(shown, edit);
      const undo = undoEdit(shown, edit);
      if (!next.ok) return;
      void keep(next.value, async () => {
        // Somebody else may have begun one since: that is the one to edit then.
        if (!draft) await send({ method: "POST", path, body: {} }, Playbooks);
        return change({
          ...{ request: patch(edit), said },
          ...(undo && {
            undo: [patch(undo)],
            takeTurn: (sendUndo) => keep(afterEdit(latest.current, undo), sendUndo),
          }),
        });
      });
    },
  };
}

/** As they stand where the edit cannot be made any more: the server says why. */
function afterEdit(rules: PlaybookRules, edit: PlaybookEdit): PlaybookRules {
  const next = editRules(rules, edit);
  return next.ok ? next.value : rules;
}
