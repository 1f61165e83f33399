import { Sparkles, Square } from "lucide-react";
import { useState } from "react";
import type { Language, Length, Tone } from "../../../../shared/assistant/question.ts";
import type { Listing } from "../../../../shared/entities/listing.ts";
import { judgeDraft, type Draft } from "../../../../shared/rpc/contract/assistant.ts";
import { useCommand } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { Segmented } from "../../../ui/controls/segmented.tsx";
import { Select } from "../../../ui/fields/select.tsx";
import { useVersions } from "../model/use-versions.ts";
import { languages, lengths, tones } from "../model/words.ts";
import { AnswerSource } from "../parts/answer-source.tsx";
import { VersionSteps } from "../parts/version-steps.tsx";
import styles from "./listings.module.css";

/** A description from a listing's facts, beside the one that stands; it takes its place on a click. */
export function ListingWriter({ listing, onUse }: { listing: Listing; onUse: (text: string) => void }) {
  const [tone, setTone] = useState<Tone>("neutral");
  const [length, setLength] = useState<Length>("medium");
  const [language, setLanguage] = useState<Language>("en");
  const versions = useVersions(`listing:${listing.id}`);
  const { shown } = versions;
  const coming = shown?.state === "coming";
  const write = () =>
    void versions.write({ about: "listing", listingId: listing.id, tone, length, language });
  return (
    <section className={styles["writer"]} aria-label="Write a description" aria-busy={coming}>
      <div className={styles["choices"]}>
        <Segmented label="Tone" segments={tones} value={tone} onChange={setTone} />
        <Segmented label="Length" segments={lengths} value={length} onChange={setLength} />
        <span className={styles["language"]}>
          <Select
            label="Language"
            hideLabel
            compact
            choices={languages}
            value={language}
            onChange={(value) => setLanguage(languages.find((one) => one.value === value)?.value ?? language)}
          />
        </span>
        {coming ? (
          <Button icon={Square} onClick={versions.stop}>
            Stop
          </Button>
        ) : (
          <Button icon={Sparkles} onClick={write}>
            {versions.count === 0 ? "Write a description" : "Write anew"}
          </Button>
        )}
      </div>
      {shown && (
        <>
          <p className={styles["text"]} dir="auto">
            {shown.text}
          </p>
          <footer className={styles["foot"]}>
            <Source draft={shown} />
            <VersionSteps {...versions} />
            <Button
              kind="primary"
              disabled={coming || shown.text === "" || shown.text === listing.description}
              onClick={() => onUse(shown.text)}
            >
              Use it
            </Button>
          </footer>
        </>
      )}
    </section>
  );
}

function Source({ draft: { id, origin, why, useful, question } }: { draft: Draft }) {
  const judge = useCommand(judgeDraft);
  if (!origin) return <span className={styles["coming"]}>Writing …</span>;
  const foreign = question.about === "listing" && question.language !== "en" && origin.by === "rules";
  const note = foreign ? `${why} Without a model it comes in English.`.trim() : why;
  return (
    <AnswerSource
      origin={origin}
      why={note}
      useful={useful}
      onJudge={(is) => void judge({ id, useful: is })}
    />
  );
}
