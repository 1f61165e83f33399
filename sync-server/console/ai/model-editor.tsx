import { useState } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { DateField } from "../../../renderer/ui/fields/date-field.tsx";
import { formatCount } from "../../../renderer/ui/format/numbers.ts";
import { MultiSelect, Select } from "../../../renderer/ui/fields/select.tsx";
import { Checkbox } from "../../../renderer/ui/fields/tick.tsx";
import { EffortChoice, reasoningByName } from "../../../shared/ai/reasoning.ts";
import { AiFeature, ModelRole } from "../../../shared/ai/vocabulary.ts";
import type { AiAccount, AiModel } from "../../admin/ai/wire.ts";
import { Plan } from "../../admin/wire.ts";
import { useEdited, type Save } from "../api/use-edited.ts";
import { Deed, Section } from "../parts/page.tsx";
import { Question } from "../parts/question.tsx";
import { SavedText } from "../parts/saved-text.tsx";
import { Pair, Sheet } from "../parts/sheet.tsx";
import { NumberField, OptionalNumberField } from "./number-field.tsx";
import { PriceSection } from "./price-section.tsx";
import { terms, plans } from "./offer-words.ts";
import type { Tier } from "./tier.ts";
import { efforts, effortWords, features, roles, roleWords } from "./words.ts";

type Part = { model: AiModel; save: Save<AiModel> };

/** One model of the catalogue: what it is, for what and for whom, and what it costs. */
export function ModelEditor({
  tier,
  model: saved,
  accounts,
}: {
  tier: Tier;
  model: AiModel;
  accounts: readonly AiAccount[];
}) {
  const path = `${tier.root}/models/${saved.id}`;
  const { shown: model, save } = useEdited(path, saved);
  return (
    <Sheet title={model.label} about={`${roleWords[model.role]}, ${model.wireName}`}>
      <Checkbox
        checked={model.enabled}
        onChange={(enabled) =>
          void save({ enabled }, enabled ? "It may answer." : "It does not answer any more.")
        }
      >
        May answer
      </Checkbox>
      <Names model={model} save={save} accounts={accounts} />
      {(model.role === "large" || model.role === "small") && (
        <Thinking model={model} save={save} accounts={accounts} />
      )}
      <Uses model={model} save={save} />
      {tier.isOperator && <Audience model={model} save={save} />}
      <PriceSection path={path} model={model} />
      <EndSection path={path} label={model.label} />
    </Sheet>
  );
}

function Names({ model, save, accounts }: Part & { accounts: readonly AiAccount[] }) {
  return (
    <Section title="The model">
      <Pair>
        <SavedText
          label="Name"
          neverEmpty
          value={model.label}
          onSave={(label) => void save({ label }, `It is called “${label}” now.`)}
        />
        <SavedText
          label="The provider's name of it"
          neverEmpty
          value={model.wireName}
          onSave={(wireName) => void save({ wireName }, "The provider's name is changed.")}
        />
      </Pair>
      <Pair>
        <Select
          label="Account"
          choices={accounts.map(({ id, label }) => ({ value: id, label }))}
          value={model.accountId}
          onChange={(accountId) => accountId && void save({ accountId }, "It goes by another account.")}
        />
        <Select
          label="Role"
          choices={roles}
          value={model.role}
          onChange={(role) => role && void save({ role: ModelRole.parse(role) }, "Its role is changed.")}
        />
      </Pair>
      {model.role !== "picture" && (
        <Pair>
          <NumberField
            label="Tokens it takes in at once"
            value={model.contextTokens}
            onChange={(contextTokens) => void save({ contextTokens }, "Its length is changed.")}
          />
          <NumberField
            label="Tokens of an answer at most"
            value={model.maxOutputTokens}
            onChange={(maxOutputTokens) => void save({ maxOutputTokens }, "Its length is changed.")}
          />
        </Pair>
      )}
    </Section>
  );
}

/** Providers count what a model thinks as they count its answer: without room for it there is no answer. */
function Thinking({ model, save, accounts }: Part & { accounts: readonly AiAccount[] }) {
  const kind = accounts.find(({ id }) => id === model.accountId)?.kind ?? "compatible";
  const byName = reasoningByName({ kind, wireName: model.wireName });
  return (
    <Section
      title="Thinking first"
      note="Some models think before they answer. What they think is billed like the answer, and held back with it."
    >
      <Pair>
        <OptionalNumberField
          label="Tokens to think with, beside the answer's"
          hint={model.reasoningTokens === null ? "By its name." : "Empty: by its name."}
          placeholder={formatCount(byName.tokens)}
          value={model.reasoningTokens}
          onChange={(reasoningTokens) => void save({ reasoningTokens }, "What it may think with is changed.")}
        />
        <Select
          label="Effort"
          clearable
          placeholder={`By its name: ${effortWords[byName.effort ?? "unsaid"].toLowerCase()}`}
          choices={efforts}
          value={model.reasoningEffort}
          onChange={(chosen) =>
            void save(
              { reasoningEffort: chosen === null ? null : EffortChoice.parse(chosen) },
              "Its effort is changed.",
            )
          }
        />
      </Pair>
    </Section>
  );
}

function Uses({ model, save }: Part) {
  return (
    <Section title="Used for">
      <MultiSelect
        label="Features"
        hint="None chosen: all of them."
        placeholder="All"
        choices={features}
        value={model.features}
        onChange={(chosen) => void save({ features: chosen.map((one) => AiFeature.parse(one)) }, "It is used for other features.")} // prettier-ignore
      />
      <SavedText
        label="System message"
        hint="Said before each task's own prompt, e.g. how your organisation writes."
        value={model.systemMessage}
        onSave={(systemMessage) => void save({ systemMessage }, "The system message is changed.")}
      />
      <NumberField
        label="Place"
        hint="Of several for the same use, the lowest number is asked first."
        value={model.position}
        onChange={(position) => void save({ position }, "Its place is changed.")}
      />
    </Section>
  );
}

function Audience({ model, save }: Part) {
  const listOf = (typed: string) => typed.split(",").map((one) => one.trim()).filter(Boolean); // prettier-ignore
  return (
    <Section title="Offered to">
      <Pair>
        <Select
          label="Plan"
          placeholder="Any, and none"
          clearable
          choices={plans}
          value={model.plan}
          onChange={(plan) => void save({ plan: plan === null ? null : Plan.parse(plan) }, "It comes with another plan.")} // prettier-ignore
        />
        <SavedText
          label="Industries"
          hint="Separated by commas; empty = all."
          value={model.industries.join(", ")}
          onSave={(typed) => void save({ industries: listOf(typed) }, "The industries are changed.")}
        />
      </Pair>
      <Pair>
        <Select
          label="Terms"
          choices={terms}
          value={model.terms}
          onChange={(chosen) => void save({ terms: chosen as AiModel["terms"] }, "The terms are changed.")}
        />
        <DateField
          label="Offered until"
          placeholder="For good"
          value={model.endsAt?.slice(0, 10) ?? null}
          onChange={(day) => void save({ endsAt: day && `${day}T23:59:59.999Z` }, "Its last day is changed.")}
        />
      </Pair>
      <SavedText
        label="Tags"
        hint="Separated by commas."
        value={model.tags.join(", ")}
        onSave={(typed) => void save({ tags: listOf(typed) }, "The tags are changed.")}
      />
      <Checkbox
        checked={model.featured}
        onChange={(featured) => void save({ featured }, featured ? "It stands in front." : "It stands among the others.")} // prettier-ignore
      >
        In front of the others
      </Checkbox>
    </Section>
  );
}

function EndSection({ path, label }: { path: string; label: string }) {
  const [asks, setAsks] = useState(false);
  const change = { request: { method: "DELETE", path } as const, said: `“${label}” is removed.` };
  return (
    <Section title="Remove">
      <Deed says="What it has cost stays in the usage.">
        <Button size="small" onClick={() => setAsks(true)}>
          Remove
        </Button>
      </Deed>
      <Question
        title={`Remove “${label}”?`}
        ask={asks ? { keep: "Keep it", go: "Remove", change } : null}
        onClose={() => setAsks(false)}
      >
        <p>Its prices go with it. Questions go to the next model, or to Ringside&apos;s own rules.</p>
      </Question>
    </Section>
  );
}
