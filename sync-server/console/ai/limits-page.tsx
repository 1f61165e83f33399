import { AiLimits, AiModels, OfferedModels, type AiLimit } from "../../admin/ai/wire.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import { People } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import type { PageProps } from "../frame/pages.ts";
import { DataTable, type DataColumn } from "../parts/data-table.tsx";
import { Link } from "../parts/link.tsx";
import { Column, Meaning, NewButton, Page, Trouble } from "../parts/page.tsx";
import { LimitDetail } from "./limit-detail.tsx";
import { NewLimitForm } from "./new-limit-form.tsx";
import { findUncounted, isOfferedUnpriced, isSoundUnpriced, isUnpriced } from "./unpriced.ts";
import { describeLimit, sayLimit } from "./limit-words.ts";
import { sayAmount } from "./words.ts";
import styles from "./ai.module.css";

const here = ["ai-limits"];
const listWords = new Intl.ListFormat("en-GB", { type: "conjunction" });
export type Names = {
  model(id: string): string;
  models: Named[];
  people: Named[];
  /** Models that may answer, and of which nobody said what they cost. */
  unpriced: { id: string; label: string }[];
  /** Limits are the operator's, who has plans. */
  isOperator: boolean;
};
type Named = { value: string; label: string };

/** Quotas and budgets, and how much of each is used now. */
export function LimitsPage({ session, rest }: PageProps) {
  return session.role === "operator" ? <OperatorLimits rest={rest} /> : <OwnLimits rest={rest} />;
}

function OperatorLimits({ rest }: { rest: readonly string[] }) {
  const { models = [], environment = null, listening = null } = useAnswer("/ai/system/models", AiModels).value ?? {}; // prettier-ignore
  const today = useNow().toISOString().slice(0, 10);
  const ofSettings = [
    ...(environment?.price === null ? [{ id: "environment", label: environment.model }] : []),
    ...(listening && isSoundUnpriced(listening, today)
      ? [{ id: "environment-speech", label: listening.model }]
      : []),
  ];
  const unpriced = models.filter((model) => model.enabled && isUnpriced(model, today));
  return (
    <Limits
      root="/ai/system"
      rest={rest}
      names={{ ...namesOf(models, []), unpriced: [...ofSettings, ...unpriced], isOperator: true }}
      meaning="Each holds for every organisation by itself, or for those of one plan, and counts the models that you offer. Shown is who used the most."
    />
  );
}

function OwnLimits({ rest }: { rest: readonly string[] }) {
  const own = useAnswer("/ai/models", AiModels).value?.models ?? [];
  const offered = useAnswer("/ai/offered", OfferedModels).value?.models ?? [];
  const people = useAnswer("/people", People).value?.people ?? [];
  const today = useNow().toISOString().slice(0, 10);
  const unpriced = [
    ...own.filter((model) => model.enabled && isUnpriced(model, today)),
    ...offered.filter((model) => model.enabled && isOfferedUnpriced(model)),
  ];
  const names = namesOf([...own, ...offered], people.map(({ userId, name }) => ({ id: userId, label: name }))); // prettier-ignore
  return (
    <Limits
      root="/ai"
      rest={rest}
      names={{ ...names, unpriced, isOperator: false }}
      meaning="What a question may cost at most is held back before it is asked. Where a limit is reached, Ringside's own rules answer."
    />
  );
}

function namesOf(
  models: readonly { id: string; label: string }[],
  people: readonly { id: string; label: string }[],
): Pick<Names, "model" | "models" | "people"> {
  const labelIn = (list: typeof models, id: string) => list.find((one) => one.id === id)?.label ?? "Removed";
  const choices = (list: typeof models) => list.map(({ id, label }) => ({ value: id, label }));
  return {
    model: (id) => labelIn(models, id),
    models: choices(models),
    people: choices(people),
  };
}

function Limits({
  root,
  rest: [open],
  names,
  meaning,
}: {
  root: string;
  rest: readonly string[];
  names: Names;
  meaning: string;
}) {
  const { value, error, reload } = useAnswer(`${root}/limits`, AiLimits);
  const uncounted = findUncounted(value?.limits ?? [], names.unpriced);
  const limit = value?.limits.find(({ id }) => id === open);
  return (
    <Page
      crumbs={[{ label: "AI limits", to: here }]}
      action={open !== "new" && <NewButton label="Add a limit" to={[...here, "new"]} />}
    >
      <Column kind="main" label="AI limits">
        <Trouble error={error} onRetry={reload} />
        <Meaning>{meaning}</Meaning>
        {uncounted.length > 0 && (
          <Meaning>
            No price: money limits do not count {listWords.format(uncounted.map(({ label }) => label))}.
          </Meaning>
        )}
        <DataTable
          label="AI limits"
          rows={value?.limits}
          rowKey={({ id }) => id}
          rowTo={({ id }) => [...here, id]}
          selected={open}
          columns={columnsOf(names)}
          empty={
            <>
              Nothing limits what models may cost. <Link to={[...here, "new"]}>Add a limit</Link>
            </>
          }
        />
      </Column>
      {open === "new" && <NewLimitForm root={root} names={names} />}
      {limit && (
        <LimitDetail
          key={limit.id}
          root={root}
          limit={limit}
          title={describeLimit(limit, names)}
          isOurs={limit.byOperator === (root === "/ai/system")}
        />
      )}
    </Page>
  );
}

function columnsOf(names: Names): readonly DataColumn<AiLimit>[] {
  return [
    {
      title: "For",
      cell: (limit) => (
        <span className="cut">
          {describeLimit(limit, names)}
          {limit.byOperator && names.people.length > 0 && " (the operator's)"}
        </span>
      ),
    },
    {
      title: "Limit",
      width: "200px",
      cell: sayLimit,
    },
    { title: "Used now", width: "240px", cell: (limit) => <Share limit={limit} /> },
    {
      title: "Then",
      width: "140px",
      spare: true,
      cell: ({ action }) => (action === "stop" ? "Stop" : "Small models"),
    },
  ];
}

function Share({ limit: { used, held, most, measure } }: { limit: AiLimit }) {
  const share = most === 0 ? 100 : Math.min(100, ((used + held) / most) * 100);
  return (
    <span className={styles["share"]}>
      <span className={styles["track"]}>
        <span
          className={styles["fill"]}
          style={{ width: `${share}%` }}
          data-full={share >= 100 || undefined}
        />
      </span>
      {sayAmount(used + held, measure)}
    </span>
  );
}
