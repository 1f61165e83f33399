import { useMemo, useState } from "react";
import type { RecordId } from "../../../shared/entities/id.ts";
import { find, leadProfile } from "../../../shared/rpc/contract/leads.ts";
import { listListings } from "../../../shared/rpc/contract/work.ts";
import { skip, useDirectory, useLive } from "../../client/index.ts";
import type { Choice } from "../../ui/fields/choices.ts";
import { Select, type SelectProps } from "../../ui/fields/select.tsx";

type RecordSelectProps = Omit<SelectProps, "choices" | "onSearch" | "label"> & {
  /** What the chosen record is called, as the record that points to it knows it. */
  chosenName: string | null;
};

const shown = 12;

/** Leads by any typed letters of name, company, phone or e-mail; none where nothing is typed. */
export function useLeadChoices(text: string): readonly Choice[] {
  const found = useLive(find, text.trim() === "" ? skip : { text, limit: shown }).value;
  return useMemo(() => (found?.leads ?? []).map(leadChoice), [found]);
}

export function leadChoice({ id, name, company }: { id: string; name: string; company: string }): Choice {
  return { value: id, label: name, note: company };
}

/** A lead, as `useLeadChoices` finds them. */
export function LeadSelect({ chosenName, ...props }: RecordSelectProps) {
  const { term } = useDirectory();
  const [text, setText] = useState("");
  const choices = useLeadChoices(text);
  return (
    <Select
      {...props}
      label={capital(term("lead"))}
      clearable
      choices={withChosen(choices, props.value, chosenName)}
      onSearch={setText}
      emptyText="Type a name or a number"
    />
  );
}

/** One of a lead's deals; nothing where there is none to choose. */
export function DealSelect({ leadId, chosenName, ...props }: RecordSelectProps & { leadId: string | null }) {
  const { term } = useDirectory();
  const lead = leadId === null ? skip : { id: leadId as RecordId };
  const deals = useLive(leadProfile, lead).value?.deals ?? [];
  const choices = deals.map(({ id, name }): Choice => ({ value: id, label: name }));
  if (choices.length === 0 && props.value === null) return null;
  return (
    <Select
      {...props}
      label={capital(term("deal"))}
      clearable
      placeholder={`No ${term("deal")}`}
      choices={withChosen(choices, props.value, chosenName)}
      emptyText="None fits"
    />
  );
}

export function ListingSelect({ chosenName, ...props }: RecordSelectProps) {
  const { term } = useDirectory();
  const [search, setSearch] = useState("");
  const sort = { field: "title", direction: "asc" } as const;
  const found = useLive(listListings, { search, status: "all", sort, offset: 0, limit: shown }).value;
  const choices = useMemo(
    () => (found?.rows ?? []).map(({ id, title, city }): Choice => ({ value: id, label: title, note: city })),
    [found],
  );
  return (
    <Select
      {...props}
      label={capital(term("listing"))}
      clearable
      choices={withChosen(choices, props.value, chosenName)}
      onSearch={setSearch}
      emptyText="None fits"
    />
  );
}

/** The chosen record has its name also while others are searched for; one that is out of sight has none. */
function withChosen(
  choices: readonly Choice[],
  value: string | null,
  name: string | null,
): readonly Choice[] {
  if (value === null || choices.some((choice) => choice.value === value)) return choices;
  return [{ value, label: name ?? "…" }, ...choices];
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
