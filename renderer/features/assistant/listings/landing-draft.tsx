import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { landingPageHtml, splitLandingPage } from "../../../../shared/assistant/listings/landing-page.ts";
import type { Draft } from "../../../../shared/rpc/contract/assistant.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { TextArea } from "../../../ui/fields/text-input.tsx";
import type { Versions } from "../model/use-versions.ts";
import { CopyButton } from "../parts/copy-button.tsx";
import { VersionSteps } from "../parts/version-steps.tsx";
import { ListingSource, Objection } from "./listing-source.tsx";
import styles from "./listings.module.css";

/** One version of a landing page, as it came or as the person has changed it. What they change is kept as they type. */
export function LandingDraft({ draft, versions }: { draft: Draft; versions: Versions }) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? draft.edited ?? draft.text;
  const coming = draft.state === "coming";
  const noWords = coming || text.trim() === "";
  const change = (edited: string | null) => {
    setTyped(edited);
    versions.edit(edited);
  };
  return (
    <>
      <TextArea
        label="Words of the landing page"
        hideLabel
        dir="auto"
        rows={10}
        readOnly={coming}
        value={text}
        onChange={change}
      />
      <Objection draft={draft} />
      <footer className={styles["foot"]}>
        <ListingSource draft={draft} />
        <VersionSteps {...versions} />
        {text !== draft.text && !coming && (
          <Button kind="quiet" icon={RotateCcw} onClick={() => change(null)}>
            As it came
          </Button>
        )}
        <CopyButton text={text} label="Copy text" disabled={noWords} />
        <CopyButton
          text={landingPageHtml(splitLandingPage(text))}
          label="Copy HTML"
          what="HTML"
          disabled={noWords}
        />
      </footer>
    </>
  );
}
