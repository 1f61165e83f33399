import { KeyRound } from "lucide-react";
import { EmptyState } from "../../../renderer/ui/display/empty-state.tsx";
import { Icon } from "../../../renderer/ui/display/icon.tsx";
import { IdentityProviders } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import type { PageProps } from "../frame/pages.ts";
import { Link } from "../parts/link.tsx";
import { Column, NewButton, Page, Trouble } from "../parts/page.tsx";
import { ListRow, RowList } from "../parts/row-list.tsx";
import { NewProviderForm } from "./new-provider-form.tsx";
import { ProviderEditor } from "./provider-editor.tsx";
import type { Provider } from "./provider-words.ts";

const here = ["sign-in"];

/** Where people prove who they are besides by a password of ours. */
export function ProvidersPage({ rest: [open] }: PageProps) {
  const { value, error, reload } = useAnswer("/identity-providers", IdentityProviders);
  const providers = value?.providers;
  const adds = open === "new";
  const shown = adds ? undefined : (providers?.find(({ id }) => id === open) ?? providers?.[0]);
  return (
    <Page
      crumbs={[
        { label: "Sign-in", to: here },
        ...(shown ? [{ label: shown.name }] : adds ? [{ label: "New identity provider" }] : []),
      ]}
      action={!adds && <NewButton label="Add a provider" to={[...here, "new"]} />}
    >
      <Column kind="list" label="Identity providers">
        <Trouble error={error} onRetry={reload} />
        <ProviderList providers={providers} shown={shown} />
      </Column>
      <Column kind="main" label={shown?.name ?? "New identity provider"}>
        {adds && <NewProviderForm />}
        {shown && <ProviderEditor key={shown.id} provider={shown} />}
      </Column>
    </Page>
  );
}

function ProviderList({
  providers,
  shown,
}: {
  providers: readonly Provider[] | undefined;
  shown: Provider | undefined;
}) {
  if (providers?.length === 0) {
    return (
      <EmptyState>
        People sign in with their password. <Link to={[...here, "new"]}>Add your identity provider</Link>
      </EmptyState>
    );
  }
  return (
    <RowList>
      <ul aria-label="Identity providers">
        {providers?.map(({ id, name, enabled, domains }) => (
          <li key={id}>
            <ListRow
              to={[...here, id]}
              isOpen={id === shown?.id}
              faded={!enabled}
              mark={<Icon of={KeyRound} size={14} />}
              note={enabled ? domains[0] : "Not offered"}
            >
              {name}
            </ListRow>
          </li>
        ))}
      </ul>
    </RowList>
  );
}
