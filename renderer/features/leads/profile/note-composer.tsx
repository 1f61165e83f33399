import { useState } from "react";
import type { Lead } from "../../../../shared/entities/lead.ts";
import { useEdits } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { TextArea } from "../../../ui/fields/text-input.tsx";
import { onSaveChord } from "../../../ui/keys/on-save-chord.ts";
import { setNoteDraft, useProfileState } from "./profile-state.ts";
import styles from "./profile.module.css";

/** A note for the timeline. What is half written stays until it is saved or emptied, whatever one does meanwhile. */
export function NoteComposer({ lead, me, onClose }: { lead: Lead; me: string; onClose: () => void }) {
  const draft = useProfileState(({ notes }) => notes[lead.id] ?? "");
  const { create } = useEdits();
  const [saving, setSaving] = useState(false);
  const save = async () => {
    const text = draft.trim();
    // A key that is held is pressed again and again: it is one note.
    if (text === "" || saving) return;
    const fields = {
      kind: "note",
      leadId: lead.id,
      subject: null,
      at: new Date().toISOString(),
      byId: me,
      ownerId: lead.ownerId,
      teamId: lead.teamId,
      title: "",
      text,
      changes: [],
    };
    setSaving(true);
    const made = await create({ collection: "activities", fields, label: `Added a note to ${lead.name}` });
    setSaving(false);
    if (!made.ok) return;
    setNoteDraft(lead.id, "");
    onClose();
  };
  return (
    <div className={styles["composer"]}>
      <TextArea
        label="Note"
        hideLabel
        dir="auto"
        placeholder="What is worth knowing"
        maxLength={50_000}
        ref={(area) => area?.focus()}
        value={draft}
        onChange={(text) => setNoteDraft(lead.id, text)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onClose();
          onSaveChord(event, () => void save());
        }}
      />
      <div className={styles["composer-end"]}>
        <span>{draft === "" ? "" : "Kept while this window is open"}</span>
        <Button kind="quiet" keys="escape" onClick={onClose}>
          Close
        </Button>
        <Button kind="primary" keys="mod+enter" disabled={draft.trim() === ""} onClick={() => void save()}>
          Add note
        </Button>
      </div>
    </div>
  );
}
