import { Check } from "lucide-react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { Icon } from "../../../renderer/ui/display/icon.tsx";
import { dayAndTimeInWords, shortDate } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import { useChange } from "../api/use-change.ts";
import type { Versions } from "./playbook-versions.ts";
import styles from "./playbooks.module.css";

export function VersionBadge({ versions: { draft, live } }: { versions: Versions }) {
  const now = useNow(60_000);
  const since = live?.publishedAt ? `, since ${shortDate(new Date(live.publishedAt), now)}` : "";
  return (
    <>
      {draft && <span className={styles["badge"]}>Draft {draft.version}</span>}
      {live ? `${live.version} is live${since}` : "Nothing is live yet"}
    </>
  );
}

/** What becomes of the draft. */
export function PublishBar({
  versions: { key, label, draft, live },
  saving,
  onCompare,
}: {
  versions: Versions;
  /** What is shown is not the draft yet: published now, it would be refused as one that nobody has seen. */
  saving: boolean;
  onCompare: () => void;
}) {
  const change = useChange();
  const now = useNow(60_000);
  if (!draft) return <span className={styles["saved"]}>Change anything, and a draft begins</span>;
  const publish = () =>
    change({
      request: { method: "POST", path: `/playbooks/${key}/draft/publish`, body: { rev: draft.rev } },
      said: `Calls are coached by “${label}” ${draft.version} from now on.`,
    });
  return (
    <>
      {saving ? (
        <span className={styles["saved"]}>Saving …</span>
      ) : (
        <span className={styles["saved"]}>
          <Icon of={Check} size={14} /> Draft saved {dayAndTimeInWords(new Date(draft.updatedAt), now)}
        </span>
      )}
      {live && (
        <Button kind="quiet" onClick={onCompare}>
          Compare with {live.version}
        </Button>
      )}
      <Button kind="primary" disabled={saving} onClick={() => void publish()}>
        Publish {draft.version}
      </Button>
    </>
  );
}
