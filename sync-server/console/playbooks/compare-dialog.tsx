import { Dialog } from "../../../renderer/ui/floating/dialog.tsx";
import { compareRules } from "./compare-words.ts";
import styles from "./playbooks.module.css";
import type { Versions } from "./playbook-versions.ts";

/** What agents would be told that they are not told now. */
export function CompareDialog({
  versions: { draft, live },
  opened,
  onClose,
}: {
  versions: Versions;
  opened: boolean;
  onClose: () => void;
}) {
  const differences = draft && live ? compareRules(live, draft) : [];
  return (
    <Dialog
      opened={opened && draft !== null && live !== null}
      onClose={onClose}
      title={`Draft ${draft?.version ?? ""} beside ${live?.version ?? ""}, which is live`}
      width={640}
    >
      {differences.length === 0 && <p>They say the same.</p>}
      {differences.map(({ where, gone, come }) => (
        <section key={where} className={styles["difference"]}>
          <h3>{where}</h3>
          <ul>
            {gone.map((line) => (
              <li key={`- ${line}`} data-gone>
                <span className="visually-hidden">No more: </span>
                <del>{line}</del>
              </li>
            ))}
            {come.map((line) => (
              <li key={`+ ${line}`} data-new>
                <span className="visually-hidden">New: </span>
                <ins>{line}</ins>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Dialog>
  );
}
