import { dayAndTimeExact } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import { AiRequestSheet } from "../../admin/ai/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Detail, Facts, Section, Trouble } from "../parts/page.tsx";
import { sayHidden, sayResult, sayTime, sayUse } from "./request-words.ts";
import { sayCost, sayFeature, sayPrice, sayRates } from "./words.ts";

/** Everything that is kept of one request. */
export function RequestDetail({
  id,
  nameOf,
  closeTo,
}: {
  id: string;
  nameOf: (userId: string | null) => string;
  closeTo: readonly string[];
}) {
  const { value, error, reload } = useAnswer(`/ai/requests/${encodeURIComponent(id)}`, AiRequestSheet);
  const now = useNow();
  return (
    <Detail
      title={value ? sayFeature(value.feature) : "A request"}
      subtitle={value && dayAndTimeExact(new Date(value.askedAt), now)}
      closeTo={closeTo}
    >
      <Trouble error={error} onRetry={reload} />
      {value && (
        <>
          <Facts facts={factsOf(value, nameOf)} />
          <Section title="What it used">
            <Facts facts={spentOf(value)} />
          </Section>
          <Section title="What is not kept">
            <p>What was asked, and what was answered: no line of this list holds a word of it.</p>
          </Section>
        </>
      )}
    </Detail>
  );
}

type Fact = [name: string, value: string];

function factsOf(of: AiRequestSheet, nameOf: (userId: string | null) => string): Fact[] {
  return withoutEmpty([
    ["Outcome", sayResult(of)],
    ["Asked by", nameOf(of.userId)],
    ["Task", of.promptVersion === 0 ? of.task : `${of.task}, prompt ${of.promptVersion}`],
    ["Model", of.model || "Ringside's rules"],
    ["Offered by", of.model === "" ? "" : of.ofOperator ? "The operator" : "Your organisation"],
    ["Hidden", of.source === "model" ? sayHidden(of.hidden) : ""],
    ["Thought of it", sayRatings(of)],
    ["Request", of.id],
  ]);
}

function spentOf(of: AiRequestSheet): Fact[] {
  const { price, soundMs } = of;
  const rates = soundMs > 0 ? `${sayPrice(price.minute)} a minute` : sayRates(price);
  const used = withoutEmpty([
    ["Used", sayUse(of)],
    ["Cost", of.cost === 0 ? "" : sayCost(of.cost)],
    ["Price then", of.source === "model" ? rates : ""],
    ["Took", sayTime(of.latencyMs)],
    ["First word", sayTime(of.firstMs)],
    ["Asked", of.inBatch ? "Together with others, at half the price" : ""],
    ["Doubted", of.doubted ? "The provider said something impossible; it is billed within bounds" : ""],
  ]);
  return used.length > 0 ? used : [["Used", "Nothing"]];
}

function sayRatings({ good, bad }: AiRequestSheet): string {
  return [good > 0 && `useful (${good})`, bad > 0 && `not useful (${bad})`].filter(Boolean).join(", ");
}

function withoutEmpty(facts: readonly Fact[]): Fact[] {
  return facts.filter(([, value]) => value !== "");
}
