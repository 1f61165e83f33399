import type { z } from "zod";
import { PhoneRuleSettings } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useEdited, type SaveList, type Some } from "../api/use-edited.ts";
import type { PageProps } from "../frame/pages.ts";
import { Column, Page, Trouble } from "../parts/page.tsx";
import { CallRules } from "./call-rules.tsx";
import { HoursEditor } from "./hours-editor.tsx";
import { placeAt, rulesPage } from "./hours-address.ts";
import { placeName } from "./place-names.ts";
import { RuleList } from "./rule-list.tsx";

const path = "/phone/rules";

export type Rules = z.output<typeof PhoneRuleSettings>;
/** Saves some of it and says so. */
export type SaveRules = (next: { [K in keyof Rules]?: Rules[K] | null }, said: string) => void;
export type SaveRulesList = SaveList<Rules>;

/** How calls are taken, recorded and allowed, and the hours in which people of each place may be dialled. */
export function RulesPage({ rest }: PageProps) {
  const { value, error, reload } = useAnswer(path, PhoneRuleSettings);
  const { shown: rules, save: saveSome, saveList } = useEdited(path, value);
  // What is no number is not shown either: the server says why.
  const save: SaveRules = (next, said) => void saveSome(next as Some<Rules>, said);
  const where = placeAt(rest);
  const name = where && placeName(where);
  return (
    <Page
      crumbs={[
        { label: "Phone rules", to: rulesPage },
        ...(name ? [{ label: `Calling hours: ${name}` }] : []),
      ]}
    >
      <Column kind="list" label="Rules">
        <Trouble error={error} onRetry={reload} />
        {rules && <RuleList rules={rules} open={where} />}
      </Column>
      <Column kind="main" label={name ?? "Calls, recording and limits"}>
        {rules && !where && <CallRules rules={rules} save={save} />}
        {rules && where && <HoursEditor key={where} where={where} rules={rules} save={saveList} />}
      </Column>
    </Page>
  );
}
