import { useNow } from "../../../renderer/ui/format/use-now.ts";
import type { AiModel } from "../../admin/ai/wire.ts";
import { Section } from "../parts/page.tsx";
import { PriceTable } from "./price-table.tsx";
import { isUnpriced, unpricedWords } from "./unpriced.ts";
import styles from "./ai.module.css";

const titles = { input: "In", output: "Out" } as const;

/** What a million tokens cost from a day on. */
export function PriceSection({ path, model }: { path: string; model: AiModel }) {
  const today = useNow().toISOString().slice(0, 10);
  return (
    <Section title="Prices" note="US dollars for a million tokens. Budgets and the bill go by them.">
      {isUnpriced(model, today) && <p className={styles["calm"]}>{unpricedWords}.</p>}
      <PriceTable path={`${path}/prices`} titles={titles} prices={model.prices} />
    </Section>
  );
}
