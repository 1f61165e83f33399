import type { z } from "zod";
import { Checkbox } from "../../../renderer/ui/fields/tick.tsx";
import type { OfferedModel } from "../../admin/ai/wire.ts";
import { useChange } from "../api/use-change.ts";
import { Facts, Section } from "../parts/page.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { termWords } from "./offer-words.ts";
import { isOfferedUnpriced, unpricedWords } from "./unpriced.ts";
import { featureWords, roleWords, sayDay, sayRates } from "./words.ts";

/** A model that the operator pays for and offers: an organisation uses it, or does without. */
export function OfferedSheet({ model }: { model: z.output<typeof OfferedModel> }) {
  const { id, label, role, features, terms, endsAt, tags, enabled } = model;
  const change = useChange();
  const put = (next: boolean) => ({
    ...{ method: "PUT" as const, path: `/ai/offered/${id}`, body: { enabled: next } },
  });
  const use = (next: boolean) =>
    void change({
      ...{ request: put(next), undo: [put(!next)] },
      said: next ? `“${label}” may answer.` : `“${label}” does not answer your people any more.`,
    });
  return (
    <Sheet title={label} about="From the operator of this server">
      <Checkbox checked={enabled} onChange={use}>
        May answer our people
      </Checkbox>
      <Section title="About it">
        <Facts
          facts={[
            ["Role", roleWords[role]],
            ["Features", features.map((one) => featureWords[one]).join(", ") || "All"],
            [
              "Terms",
              endsAt ? `${termWords[terms]}, until ${sayDay(endsAt.slice(0, 10))}` : termWords[terms],
            ],
            ["Price", priceWords(model)],
            ...(tags.length > 0 ? [["Tags", tags.join(", ")] as const] : []),
          ]}
        />
      </Section>
    </Sheet>
  );
}

function priceWords({ terms, price }: z.output<typeof OfferedModel>): string {
  if (isOfferedUnpriced({ terms, price })) return unpricedWords;
  return terms === "paid" && price ? sayRates(price) : "None";
}
