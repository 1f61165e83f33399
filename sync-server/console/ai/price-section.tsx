import { useNow } from "../../../renderer/ui/format/use-now.ts";
import type { AiModel } from "../../admin/ai/wire.ts";
import { Section } from "../parts/page.tsx";
import { PriceTable } from "./price-table.tsx";
import { isUnpriced, unpricedWords } from "./unpriced.ts";
import styles from "./ai.module.css";

const ofTokens = { input: "In", output: "Out" } as const;
const ofPictures = { picture: "A picture" } as const;
const noTokens = { input: 0, output: 0 };

/** What a million tokens, or a picture, cost from a day on. */
export function PriceSection({ path, model }: { path: string; model: AiModel }) {
  const today = useNow().toISOString().slice(0, 10);
  const draws = model.role === "picture";
  const of = { path: `${path}/prices`, prices: model.prices };
  return (
    <Section
      title="Prices"
      note={`US dollars for ${draws ? "a picture" : "a million tokens"}. Budgets and the bill go by them.`}
    >
      {isUnpriced(model, today) && <p className={styles["calm"]}>{unpricedWords}.</p>}
      {draws ? (
        <PriceTable {...of} titles={ofPictures} besides={noTokens} />
      ) : (
        <PriceTable {...of} titles={ofTokens} />
      )}
    </Section>
  );
}
