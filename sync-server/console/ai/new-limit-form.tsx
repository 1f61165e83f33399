import { useState, type ReactNode } from "react";
import { Segmented } from "../../../renderer/ui/controls/segmented.tsx";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import { AiLimit, NewAiLimit } from "../../admin/ai/wire.ts";
import { Plan } from "../../admin/wire.ts";
import { useSend } from "../api/use-change.ts";
import { goOnFromHere } from "../frame/address.ts";
import { Form, useForm } from "../parts/form.tsx";
import { Detail, Section } from "../parts/page.tsx";
import styles from "./ai.module.css";
import type { Names } from "./limits-page.tsx";
import { NumberField } from "./number-field.tsx";
import { plans } from "./offer-words.ts";
import { choicesOf, limitedFeatures, measureWords, periodWords, readAmount, sayAmount } from "./words.ts";

export const actions = [
  { value: "stop", label: "Stop" },
  { value: "downgrade", label: "Small models only" },
] as const;

const measures = choicesOf(measureWords);
const everyPeriod = choicesOf(periodWords);
/** By the minute requests are counted, and nothing else. */
const longPeriods = everyPeriod.filter(({ value }) => value !== "minute");
/** What an amount begins with: 50 dollars, a million tokens, a thousand requests, ten hours. */
const usual = { money: 50_000_000_000, tokens: 1_000_000, requests: 1_000, minutes: 36_000_000 } as const;
const usualInMinute = 60;

type Fields = Pick<
  AiLimit,
  "per" | "userId" | "feature" | "modelId" | "measure" | "period" | "most" | "action" | "plan"
>;

export function NewLimitForm({ root, names }: { root: string; names: Names }) {
  const send = useSend();
  const [limit, setLimit] = useState<Fields>({
    ...{ per: "organisation", userId: null, feature: null, modelId: null },
    ...{ measure: "money", period: "month", most: usual.money, action: "stop", plan: null },
  });
  const set = (next: Partial<Fields>) => setLimit({ ...limit, ...next });
  const isRate = limit.period === "minute";
  const form = useForm(async () => {
    const goOn = goOnFromHere();
    const answer = await send({ method: "POST", path: `${root}/limits`, body: limit }, AiLimit);
    if (!answer.ok) return answer.error.message;
    goOn("ai-limits", answer.value.id);
    return null;
  });
  const { measure } = limit;
  return (
    <Detail title="New limit" closeTo={["ai-limits"]}>
      <Form form={form} action="Add the limit" ready={NewAiLimit.safeParse(limit).success}>
        <Labelled label="Of what">
          <Segmented
            label="Of what"
            segments={measures}
            value={measure}
            onChange={(next) =>
              set({ measure: next, most: usual[next], period: isRate ? "month" : limit.period })
            }
          />
        </Labelled>
        <NumberField
          label="At most"
          show={(amount) => sayAmount(amount, measure)}
          parse={(typed) => readAmount(typed, measure)}
          value={limit.most}
          onChange={(most) => set({ most })}
        />
        <Labelled label="In a">
          <Segmented
            label="In a"
            segments={measure === "requests" ? everyPeriod : longPeriods}
            value={limit.period}
            onChange={(period) =>
              set(period === "minute" ? { period, most: usualInMinute, action: "stop" } : { period })
            }
          />
        </Labelled>
        <Whom limit={limit} set={set} names={names} />
        {names.isOperator && (
          <Select
            label="Plan"
            placeholder="Every organisation"
            clearable
            choices={plans}
            value={limit.plan}
            onChange={(plan) => set({ plan: plan === null ? null : Plan.parse(plan) })}
          />
        )}
        <Select
          label="Feature"
          placeholder="All"
          clearable
          choices={limitedFeatures}
          value={limit.feature}
          onChange={(feature) => set({ feature: feature as Fields["feature"] })}
        />
        <Select
          label="Model"
          placeholder="All"
          clearable
          choices={names.models}
          value={limit.modelId}
          onChange={(modelId) => set({ modelId })}
        />
        {!isRate && (
          <Labelled label="When it is reached">
            <Segmented
              label="When it is reached"
              segments={actions}
              value={limit.action}
              onChange={(action) => set({ action })}
            />
          </Labelled>
        )}
      </Form>
    </Detail>
  );
}

/** One of a few, under its name. */
function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Section title={label}>
      <div className={styles["row"]}>{children}</div>
    </Section>
  );
}

function Whom({ limit, set, names }: { limit: Fields; set: (next: Partial<Fields>) => void; names: Names }) {
  const people = names.people.map(({ value, label }) => ({ value: `person ${value}`, label }));
  const value = limit.per === "person" ? `person ${limit.userId}` : limit.per;
  return (
    <Select
      label="For"
      choices={[
        { value: "organisation", label: "Everybody together" },
        { value: "each", label: "Each person" },
        ...people,
      ]}
      value={value}
      onChange={(chosen) => {
        const [per = "organisation", userId = null] = (chosen ?? "organisation").split(" ");
        set({ per: per as Fields["per"], userId });
      }}
    />
  );
}
