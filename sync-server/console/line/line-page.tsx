import { Phone } from "lucide-react";
import { EmptyState } from "../../../renderer/ui/display/empty-state.tsx";
import { Icon } from "../../../renderer/ui/display/icon.tsx";
import { PhoneAccounts } from "../../admin/telephony/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import type { PageProps } from "../frame/pages.ts";
import { Link } from "../parts/link.tsx";
import { Column, NewButton, Page, Trouble } from "../parts/page.tsx";
import { ListRow, RowList } from "../parts/row-list.tsx";
import { AccountEditor } from "./account-editor.tsx";
import { NewAccountForm } from "./new-account-form.tsx";
import { providerWords, type Account } from "./provider-words.ts";

const here = ["line"];

/** Accounts with carriers, and which of them new calls use. */
export function LinePage({ rest: [open] }: PageProps) {
  const { value, error, reload } = useAnswer("/telephony/accounts", PhoneAccounts);
  const accounts = value?.accounts;
  const adds = open === "new";
  const shown = adds ? undefined : (accounts?.find(({ id }) => id === open) ?? lineOf(accounts));
  return (
    <Page
      crumbs={[
        { label: "Line", to: here },
        ...(shown ? [{ label: shown.label }] : adds ? [{ label: "New account" }] : []),
      ]}
      action={!adds && <NewButton label="Add an account" to={[...here, "new"]} />}
    >
      <Column kind="list" label="Accounts">
        <Trouble error={error} onRetry={reload} />
        <AccountList accounts={accounts} shown={shown} />
      </Column>
      <Column kind="main" label={shown?.label ?? "New account"}>
        {adds && accounts && <NewAccountForm existing={accounts} />}
        {shown && <AccountEditor key={shown.id} account={shown} />}
      </Column>
    </Page>
  );
}

function AccountList({
  accounts,
  shown,
}: {
  accounts: readonly Account[] | undefined;
  shown: Account | undefined;
}) {
  if (accounts?.length === 0) {
    return (
      <EmptyState>
        No carrier: desks cannot call. <Link to={[...here, "new"]}>Add the first account</Link>
      </EmptyState>
    );
  }
  return (
    <RowList>
      <ul aria-label="Accounts">
        {accounts?.map(({ id, label, provider, isLine }) => (
          <li key={id}>
            <ListRow
              to={[...here, id]}
              isOpen={id === shown?.id}
              mark={<Icon of={Phone} size={14} />}
              note={isLine ? "In use" : providerWords[provider].name}
            >
              {label}
            </ListRow>
          </li>
        ))}
      </ul>
    </RowList>
  );
}

function lineOf(accounts: readonly Account[] | undefined): Account | undefined {
  return accounts?.find(({ isLine }) => isLine) ?? accounts?.[0];
}
