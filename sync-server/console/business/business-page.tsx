import { useState } from "react";
import type { z } from "zod";
import { BusinessSettings } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useEdited, type Save, type SaveList } from "../api/use-edited.ts";
import { Column, Page, Section, Trouble } from "../parts/page.tsx";
import type { Terms } from "../settings/use-terms.ts";
import { SavedText } from "../parts/saved-text.tsx";
import { Pair, Sheet } from "../parts/sheet.tsx";
import { HolidayList } from "./holiday-list.tsx";
import { HoursTable } from "./hours-table.tsx";
import { PlaceFields } from "./place-fields.tsx";
import { TermFields, TermPreview } from "./terms.tsx";

const path = "/business";

export type Business = z.output<typeof BusinessSettings>;
export type SaveBusiness = Save<Business>;
export type SaveBusinessList = SaveList<Business>;

/** What every desk of the tenant needs to know: its words, place, hours and holidays. */
export function BusinessPage() {
  const { value, error, reload } = useAnswer(path, BusinessSettings);
  const { shown: business, save, saveList } = useEdited(path, value);
  const [typed, setTyped] = useState<Terms | null>(null);
  return (
    <Page crumbs={[{ label: "Business" }]}>
      <Column kind="main" label="Business">
        <Trouble error={error} onRetry={reload} />
        {business && (
          <Sheet>
            <Section title="Organisation">
              <Pair>
                <SavedText
                  label="Name"
                  neverEmpty
                  value={business.name}
                  onSave={(name) => save({ name }, `The organisation is called “${name}” now.`)}
                />
                <SavedText
                  label="Industry"
                  placeholder="Property, insurance, software…"
                  value={business.industry}
                  onSave={(industry) => save({ industry }, "The industry is saved.")}
                />
              </Pair>
            </Section>
            <PlaceFields business={business} save={save} />
            <Section title="Your words" note="Every desk uses them, in menus, buttons and messages.">
              <TermFields terms={business.terms} save={save} onTyping={setTyped} />
            </Section>
            <Section title="Hours" note="In the time zone above.">
              <HoursTable hours={business.hours} save={saveList} />
            </Section>
            <Section title="Holidays" note="Closed all day.">
              <HolidayList holidays={business.holidays} save={saveList} />
            </Section>
          </Sheet>
        )}
      </Column>
      <Column kind="side" label="Preview">
        {business && <TermPreview terms={typed ?? business.terms} />}
      </Column>
    </Page>
  );
}
