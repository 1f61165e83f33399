import { useState } from "react";
import type { FieldValue } from "../../../../shared/entities/fields.ts";
import type { Lead } from "../../../../shared/entities/lead.ts";
import { InlineInput } from "./inline-input.tsx";
import styles from "./profile.module.css";

/** The name as the page's heading, edited where it stands. */
export function ProfileName({
  lead,
  onSave,
}: {
  lead: Lead;
  onSave: (name: string, seen: FieldValue) => void;
}) {
  const [editing, setEditing] = useState(false);
  if (editing) {
    return (
      <div className={styles["name-edit"]}>
        <InlineInput
          field={{ path: "name", label: "Name", kind: "text", custom: null }}
          value={lead.name}
          onSave={(name, seen) => {
            setEditing(false);
            onSave(String(name), seen);
          }}
          onCancel={() => setEditing(false)}
        />
      </div>
    );
  }
  return (
    <h2 className={styles["name"]}>
      <button type="button" onClick={() => setEditing(true)} title="Change the name">
        <bdi>{lead.name}</bdi>
      </button>
    </h2>
  );
}
