import type { Draft } from "../../../../shared/rpc/contract/assistant.ts";
import { Button } from "../../../ui/controls/button.tsx";
import type { Versions } from "../model/use-versions.ts";
import { VersionSteps } from "../parts/version-steps.tsx";
import { ListingSource, Objection } from "./listing-source.tsx";
import styles from "./listings.module.css";

/** One version of a description. `stands`: the listing's own, which it may replace. */
export function DescriptionDraft({
  draft,
  versions,
  stands,
  onUse,
}: {
  draft: Draft;
  versions: Versions;
  stands: string;
  onUse: (text: string) => void;
}) {
  const { text, state } = draft;
  return (
    <>
      <p className={styles["text"]} dir="auto">
        {text}
      </p>
      <Objection draft={draft} />
      <footer className={styles["foot"]}>
        <ListingSource draft={draft} />
        <VersionSteps {...versions} />
        <Button
          kind="primary"
          disabled={state === "coming" || text === "" || text === stands}
          onClick={() => onUse(text)}
        >
          Use it
        </Button>
      </footer>
    </>
  );
}
