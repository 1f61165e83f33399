import { Tabs } from "../../../renderer/ui/controls/tabs.tsx";
import type { CustomField } from "../../../shared/entities/setting.ts";
import { useAnswer } from "../api/use-answer.ts";
import { goTo } from "../frame/address.ts";
import type { PageProps } from "../frame/pages.ts";
import { Link } from "../parts/link.tsx";
import { Bar, Column, NewButton, Page, Trouble } from "../parts/page.tsx";
import { FieldEditor, fieldKind } from "./field-editor.tsx";
import { FieldPreview } from "./field-preview.tsx";
import { typeWords } from "./field-words.ts";
import { NewFieldForm } from "./new-field-form.tsx";
import { SettingList } from "./setting-list.tsx";
import { useTerms } from "./use-terms.ts";

export type FieldCollection = CustomField["collection"];
const collections: readonly FieldCollection[] = ["leads", "deals", "listings"];

/** A tenant's own fields by collection; the one that is open is edited beside them. */
export function FieldsPage({ rest: [first, open] }: PageProps) {
  const { value, error, reload } = useAnswer(fieldKind.path, fieldKind.answer);
  const { term, Term } = useTerms();
  const collection = collections.find((one) => one === first) ?? "leads";
  const all = value?.fields.filter((field) => field.collection === collection);
  const named = all?.find(({ key }) => key === open);
  const to = (...parts: string[]) => ["fields", collection, ...parts];
  // A key may be called "new" too: what stands there wins.
  const isNew = open === "new" && value !== undefined && !named;
  const field = isNew ? undefined : (named ?? all?.find(({ archived }) => !archived));
  const used = (value?.fields ?? []).filter(({ archived }) => !archived);
  return (
    <Page
      crumbs={[
        { label: "Custom fields", to: to() },
        ...(field ? [{ label: field.label }] : isNew ? [{ label: "New field" }] : []),
      ]}
      action={!isNew && <NewButton label="Add a field" to={to("new")} />}
    >
      <Column kind="list" label={`Fields of ${term(collection)}`}>
        <Bar>
          <Tabs<FieldCollection>
            label="Fields of"
            value={collection}
            onChange={(key) => goTo("fields", key)}
            tabs={collections.map((key) => ({
              key,
              label: Term(key),
              count: value && used.filter((one) => one.collection === key).length,
            }))}
          />
        </Bar>
        <Trouble error={error} onRetry={reload} />
        <SettingList
          label={`Fields of ${term(collection)}`}
          of={fieldKind}
          items={all}
          openId={field?.id}
          addressOf={({ key }) => to(key)}
          note={({ type, required }) => (required ? `${typeWords[type]}, needed` : typeWords[type])}
          empty={
            <>
              No fields yet. <Link to={to("new")}>Add the first</Link>
            </>
          }
        />
      </Column>
      <Column kind="main" label={field?.label ?? "Field"}>
        {isNew && <NewFieldForm key={collection} collection={collection} existing={all ?? []} />}
        {field && <FieldEditor key={field.id} field={field} all={all ?? []} />}
      </Column>
      {field && (
        <Column kind="side" label="As people see it">
          <FieldPreview collection={collection} fields={all ?? []} openId={field.id} />
        </Column>
      )}
    </Page>
  );
}
