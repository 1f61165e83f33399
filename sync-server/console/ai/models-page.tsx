import { Brain, Ear, KeyRound, Users } from "lucide-react";
import type { z } from "zod";
import { EmptyState } from "../../../renderer/ui/display/empty-state.tsx";
import { Icon } from "../../../renderer/ui/display/icon.tsx";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import type { ModelRole } from "../../../shared/ai/vocabulary.ts";
import { AiAccounts, AiModels, OfferedModels, OwnModels } from "../../admin/ai/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import type { PageProps } from "../frame/pages.ts";
import { Link } from "../parts/link.tsx";
import { Column, NewButton, Page, Trouble } from "../parts/page.tsx";
import { ListRow, RowHeading, RowList } from "../parts/row-list.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { AccountEditor } from "./account-editor.tsx";
import { ModelEditor } from "./model-editor.tsx";
import { NewAccountForm } from "./new-account-form.tsx";
import { NewModelForm } from "./new-model-form.tsx";
import { OfferedSheet } from "./offered-sheet.tsx";
import { OwnRuleSheet, ownRulePath } from "./own-rule-sheet.tsx";
import type { Tier } from "./tier.ts";
import { ListeningSheet } from "./listening-sheet.tsx";
import { isOfferedUnpriced, isSoundUnpriced, isUnpriced, unpricedWords } from "./unpriced.ts";
import { kindWords, roleWords, sayRates } from "./words.ts";

/** The operator's models, or the organisation's with those that the operator offers it. */
export function ModelsPage({ session, rest }: PageProps) {
  const isOperator = session.role === "operator";
  const tier: Tier = { root: isOperator ? "/ai/system" : "/ai", here: "ai-models", isOperator };
  return isOperator ? <TierPage tier={tier} rest={rest} /> : <WithOffered tier={tier} rest={rest} />;
}

/** Models that somebody brings along for themselves. */
export function OwnModelsPage({ rest }: PageProps) {
  const { value } = useAnswer(ownRulePath, OwnModels);
  const tier: Tier = { root: "/ai/own", here: "own-models", isOperator: false };
  return <TierPage tier={tier} rest={rest} isForbidden={value?.allowed === false} />;
}

type Offered = ReturnType<typeof useOffered>;

function useOffered() {
  return useAnswer("/ai/offered", OfferedModels).value?.models;
}

function WithOffered(props: { tier: Tier; rest: readonly string[] }) {
  return <TierPage {...props} offered={useOffered()} />;
}

function TierPage({
  tier,
  rest: [kind, open],
  offered,
  isForbidden = false,
}: {
  tier: Tier;
  rest: readonly string[];
  offered?: Offered;
  /** The organisation has not allowed them. */
  isForbidden?: boolean;
}) {
  const { root, here } = tier;
  const today = useNow().toISOString().slice(0, 10);
  const { value: accountList, error, reload } = useAnswer(`${root}/accounts`, AiAccounts);
  const { value: modelList } = useAnswer(`${root}/models`, AiModels);
  const accounts = accountList?.accounts ?? [];
  const models = modelList?.models ?? [];
  const account = kind === "account" ? accounts.find(({ id }) => id === open) : undefined;
  const model = kind === "model" ? models.find(({ id }) => id === open) : undefined;
  const theirs = kind === "offered" ? offered?.find(({ id }) => id === open) : undefined;
  const name = account?.label ?? model?.label ?? theirs?.label;
  const canAddModel = accounts.length > 0;
  return (
    <Page
      crumbs={[
        { label: here === "own-models" ? "Your models" : "Models", to: [here] },
        ...(name ? [{ label: name }] : []),
      ]}
      action={
        kind !== "new" &&
        !isForbidden && (
          <NewButton
            label={canAddModel ? "Add a model" : "Add an account"}
            to={[here, "new", canAddModel ? "model" : "account"]}
          />
        )
      }
    >
      <Column kind="list" label="Models and accounts">
        <Trouble error={error} onRetry={reload} />
        <RowList>
          <RowHeading>Models</RowHeading>
          <ul aria-label="Models">
            {modelList?.environment && (
              <li>
                <EnvironmentRow of={modelList.environment} here={here} />
              </li>
            )}
            {modelList?.listening && (
              <li>
                <ListRow
                  to={[here, "listening"]}
                  isOpen={kind === "listening"}
                  mark={<Icon of={Ear} size={14} />}
                  note={<Note words="Listens" unpriced={isSoundUnpriced(modelList.listening, today)} />}
                >
                  {modelList.listening.model}
                </ListRow>
              </li>
            )}
            {models.map((one) => (
              <li key={one.id}>
                <ModelRow
                  model={one}
                  to={[here, "model", one.id]}
                  isOpen={one.id === model?.id}
                  unpriced={isUnpriced(one, today)}
                />
              </li>
            ))}
          </ul>
          {offered && offered.length > 0 && (
            <>
              <RowHeading>From the operator</RowHeading>
              <ul aria-label="From the operator">
                {offered.map((one) => (
                  <li key={one.id}>
                    <ModelRow
                      model={one}
                      to={[here, "offered", one.id]}
                      isOpen={one.id === theirs?.id}
                      unpriced={isOfferedUnpriced(one)}
                    />
                  </li>
                ))}
              </ul>
            </>
          )}
          <RowHeading>Accounts with providers</RowHeading>
          <ul aria-label="Accounts with providers">
            {accounts.map(({ id, label, kind: form, key }) => (
              <li key={id}>
                <ListRow
                  to={[here, "account", id]}
                  isOpen={id === account?.id}
                  mark={<Icon of={KeyRound} size={14} />}
                  note={key === "lost" ? "Key is lost" : kindWords[form]}
                >
                  {label}
                </ListRow>
              </li>
            ))}
            {!isForbidden && (
              <li>
                <ListRow to={[here, "new", "account"]} isOpen={kind === "new" && open === "account"}>
                  Add an account…
                </ListRow>
              </li>
            )}
          </ul>
          {root === "/ai" && (
            <>
              <RowHeading>Rules</RowHeading>
              <ul aria-label="Rules">
                <li>
                  <ListRow to={[here, "own"]} isOpen={kind === "own"} mark={<Icon of={Users} size={14} />}>
                    Models of people's own
                  </ListRow>
                </li>
              </ul>
            </>
          )}
        </RowList>
      </Column>
      <Column kind="main" label={name ?? "Models"}>
        {kind === "new" && open === "account" && <NewAccountForm tier={tier} />}
        {kind === "new" && open === "model" && <NewModelForm tier={tier} accounts={accounts} />}
        {account && <AccountEditor key={account.id} tier={tier} account={account} models={models} />}
        {model && <ModelEditor key={model.id} tier={tier} model={model} accounts={accounts} />}
        {theirs && <OfferedSheet key={theirs.id} model={theirs} />}
        {kind === "environment" && modelList?.environment && <EnvironmentSheet of={modelList.environment} />}
        {kind === "listening" && modelList?.listening && <ListeningSheet of={modelList.listening} />}
        {kind === "own" && root === "/ai" && <OwnRuleSheet />}
        {kind === undefined && accountList && (
          <Start tier={tier} isEmpty={models.length === 0} isForbidden={isForbidden} />
        )}
      </Column>
    </Page>
  );
}

function ModelRow({
  model: { label, role, enabled },
  to,
  isOpen,
  unpriced,
}: {
  model: { label: string; role: ModelRole; enabled: boolean };
  to: readonly string[];
  isOpen: boolean;
  unpriced: boolean;
}) {
  return (
    <ListRow
      to={to}
      isOpen={isOpen}
      faded={!enabled}
      mark={<Icon of={Brain} size={14} />}
      note={enabled ? <Note words={roleWords[role]} unpriced={unpriced} /> : "Off"}
    >
      {label}
    </ListRow>
  );
}

function Note({ words, unpriced }: { words: string; unpriced: boolean }) {
  return unpriced ? <span title={unpricedWords}>{words}, no price</span> : words;
}

type Environment = NonNullable<z.output<typeof AiModels>["environment"]>;

function EnvironmentRow({ of: { model, price }, here }: { of: Environment; here: string }) {
  return (
    <ListRow
      to={[here, "environment"]}
      isOpen={false}
      mark={<Icon of={Brain} size={14} />}
      note={<Note words="Settings" unpriced={price === null} />}
    >
      {model}
    </ListRow>
  );
}

function EnvironmentSheet({ of: { price } }: { of: Environment }) {
  return (
    <Sheet
      title="A model of the server's settings"
      about="It stands in AI_BASE_URL, AI_API_KEY and AI_MODEL, answers small and large questions of every organisation, and comes after all that are set up here."
    >
      <p>
        {price
          ? `${sayRates(price)}.`
          : `${unpricedWords}. AI_MODEL_PRICE_INPUT and AI_MODEL_PRICE_OUTPUT say it.`}
      </p>
    </Sheet>
  );
}

function Start({
  tier: { here, root },
  isEmpty,
  isForbidden,
}: {
  tier: Tier;
  isEmpty: boolean;
  isForbidden: boolean;
}) {
  if (isForbidden)
    return (
      <EmptyState>
        Your organisation has not allowed models of one's own: none answers you. An admin can allow them.
      </EmptyState>
    );
  const nobody =
    root === "/ai/own"
      ? "Models that you bring along answer you alone, before those of your organisation."
      : "Without a model Ringside's own rules answer, and everything goes on working.";
  return (
    <EmptyState>
      {isEmpty ? nobody : "Choose a model or an account at the left."}{" "}
      {isEmpty && <Link to={[here, "new", "account"]}>Add an account with a provider</Link>}
    </EmptyState>
  );
}
