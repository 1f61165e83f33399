import type { z } from "zod";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import type { AiModels } from "../../admin/ai/wire.ts";
import { Section } from "../parts/page.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { PriceTable } from "./price-table.tsx";
import { isSoundUnpriced, unpricedWords } from "./unpriced.ts";
import styles from "./ai.module.css";

const titles = { minute: "A minute" } as const;

/** What listens to the calls of organisations that chose it, and what that costs. */
export function ListeningSheet({ of }: { of: NonNullable<z.output<typeof AiModels>["listening"]> }) {
  const today = useNow().toISOString().slice(0, 10);
  return (
    <Sheet
      title="Listens to calls"
      about={`${of.model} stands in SPEECH_PROVIDER and SPEECH_MODEL. Organisations choose it under Rules; each side of a call counts by itself.`}
    >
      <Section
        title="Prices"
        note="US dollars for a minute of sound. Budgets and the bill go by them; limits of minutes need none."
      >
        {isSoundUnpriced(of, today) && <p className={styles["calm"]}>{unpricedWords}.</p>}
        <PriceTable path="/ai/system/listening/prices" titles={titles} prices={of.prices} />
      </Section>
    </Sheet>
  );
}
