import { Sparkles, Square } from "lucide-react";
import { useState } from "react";
import type { Language, Length, Question, Tone } from "../../../../shared/assistant/question.ts";
import type { Listing } from "../../../../shared/entities/listing.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { Segmented } from "../../../ui/controls/segmented.tsx";
import { Select } from "../../../ui/fields/select.tsx";
import { useVersions, type Versions } from "../model/use-versions.ts";
import { languages, lengths, tones } from "../model/words.ts";
import { DescriptionDraft } from "./description-draft.tsx";
import { LandingDraft } from "./landing-draft.tsx";
import styles from "./listings.module.css";

type Kind = "listing" | "landing";
type Wanted = { tone: Tone; length: Length; language: Language };

const kinds: readonly { value: Kind; label: string }[] = [
  { value: "listing", label: "Description" },
  { value: "landing", label: "Landing page" },
];
const names: Record<Kind, string> = { listing: "Write a description", landing: "Write a landing page" };

/**
 * From a listing's facts: a description beside the one that stands, which takes its place on a click, or the words of
 * a landing page, which are copied.
 */
export function ListingWriter({ listing, onUse }: { listing: Listing; onUse: (text: string) => void }) {
  const [kind, setKind] = useState<Kind>("listing");
  const [wanted, setWanted] = useState<Wanted>({ tone: "neutral", length: "medium", language: "en" });
  const versions = useVersions(`${kind}:${listing.id}`);
  const { shown } = versions;
  return (
    <section className={styles["writer"]} aria-label={names[kind]} aria-busy={shown?.state === "coming"}>
      <div className={styles["choices"]}>
        <Segmented label="What to write" segments={kinds} value={kind} onChange={setKind} />
        <Choices kind={kind} wanted={wanted} onChange={setWanted} />
        <WriteButton
          name={names[kind]}
          versions={versions}
          onWrite={() => void versions.write(questionOf(kind, listing, wanted))}
        />
      </div>
      {shown && kind === "listing" && (
        <DescriptionDraft draft={shown} versions={versions} stands={listing.description} onUse={onUse} />
      )}
      {shown && kind === "landing" && <LandingDraft key={shown.id} draft={shown} versions={versions} />}
    </section>
  );
}

function Choices({
  kind,
  wanted,
  onChange,
}: {
  kind: Kind;
  wanted: Wanted;
  onChange: (wanted: Wanted) => void;
}) {
  return (
    <>
      <Segmented
        label="Tone"
        segments={tones}
        value={wanted.tone}
        onChange={(tone) => onChange({ ...wanted, tone })}
      />
      {kind === "listing" && (
        <Segmented
          label="Length"
          segments={lengths}
          value={wanted.length}
          onChange={(length) => onChange({ ...wanted, length })}
        />
      )}
      <span className={styles["language"]}>
        <Select
          label="Language"
          hideLabel
          compact
          choices={languages}
          value={wanted.language}
          onChange={(value) => {
            const language = languages.find((one) => one.value === value);
            if (language) onChange({ ...wanted, language: language.value });
          }}
        />
      </span>
    </>
  );
}

function WriteButton({ name, versions, onWrite }: { name: string; versions: Versions; onWrite: () => void }) {
  if (versions.shown?.state === "coming")
    return (
      <Button icon={Square} onClick={versions.stop}>
        Stop
      </Button>
    );
  return (
    <Button icon={Sparkles} onClick={onWrite}>
      {versions.count === 0 ? name : "Write anew"}
    </Button>
  );
}

function questionOf(kind: Kind, { id: listingId }: Listing, { length, ...wanted }: Wanted): Question {
  return kind === "listing"
    ? { about: "listing", listingId, length, ...wanted }
    : { about: "landing", listingId, ...wanted };
}
