import { useState } from "react";
import type { z } from "zod";
import { BusinessSettings } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useChange } from "../api/use-change.ts";
import { Column, Page, Section, Trouble } from "../parts/page.tsx";
import type { Terms } from "../settings/use-terms.ts";
import { SavedText } from "../parts/saved-text.tsx";
import { HolidayList } from "./holiday-list.tsx";
import { HoursTable } from "./hours-table.tsx";
import { PlaceFields } from "./place-fields.tsx";
import { TermFields, TermPreview } from "./terms.tsx";
import styles from "./business.module.css";

export type Business = z.output<typeof BusinessSettings>;
/** Saves some of it and says so. */
export type SaveBusiness = (next: Partial<Business>, said: string) => void;

/** What every desk of the tenant needs to know: its words, place, hours and holidays. */
export function BusinessPage() {
  const { value, error, reload } = useAnswer("/business", BusinessSettings);
  const change = useChange();
  const [typed, setTyped] = useState<Terms | null>(null);
  const save: SaveBusiness = (next, said) => {
    if (!value) return;
    const put = (body: Business) => ({ method: "PUT" as const, path: "/business", body });
    void change({ request: put({ ...value, ...next }), undo: [put(value)], said });
  };
  return (
    <Page crumbs={[{ label: "Business" }]}>
      <Column kind="main" label="Business">
        <Trouble error={error} onRetry={reload} />
        {value && (
          <div className={styles["form"]}>
            <Section title="Organisation">
              <div className={styles["pair"]}>
                <SavedText
                  label="Name"
                  neverEmpty
                  value={value.name}
                  onSave={(name) => save({ name }, `The organisation is called “${name}” now.`)}
                />
                <SavedText
                  label="Industry"
                  placeholder="Property, insurance, software…"
                  value={value.industry}
                  onSave={(industry) => save({ industry }, "The industry is saved.")}
                />
              </div>
            </Section>
            <PlaceFields business={value} save={save} />
            <Section title="Your words" note="Every desk uses them, in menus, buttons and messages.">
              <TermFields terms={value.terms} save={save} onTyping={setTyped} />
            </Section>
            <Section title="Hours" note="In the time zone above.">
              <HoursTable hours={value.hours} save={save} />
            </Section>
            <Section title="Holidays" note="Closed all day.">
              <HolidayList holidays={value.holidays} save={save} />
            </Section>
          </div>
        )}
      </Column>
      <Column kind="side" label="Preview">
        {value && <TermPreview terms={typed ?? value.terms} />}
      </Column>
    </Page>
  );
}
