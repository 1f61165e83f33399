import { Button } from "../../../renderer/ui/controls/button.tsx";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import { countOf } from "../../../renderer/ui/format/numbers.ts";
import { TestedProvider } from "../../admin/wire.ts";
import { CopyBox } from "../parts/copy-box.tsx";
import { Deed, Section } from "../parts/page.tsx";
import { SavedText } from "../parts/saved-text.tsx";
import { SecretText } from "../parts/secret-text.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { TestSection } from "../parts/test-section.tsx";
import { EndSection } from "./end-section.tsx";
import { domainsIn, joinings, sayJoining, type Provider } from "./provider-words.ts";
import { useProvider, type ProviderPart } from "./use-provider.ts";

/** One provider: what it has to be told, what it has told us, and whom it is for. */
export function ProviderEditor({ provider: saved }: { provider: Provider }) {
  const part = useProvider(saved);
  const { provider, deeds } = part;
  const { id, name, issuer, clientId, secret, people } = provider;
  return (
    <Sheet
      title={name}
      about={
        people === 0 ? "Nobody has come by it yet" : `${countOf(people, "person", "people")} known by it`
      }
    >
      <SavedText
        label="Name"
        hint={`On the button: Continue with ${name}`}
        neverEmpty
        value={name}
        onSave={(next) => void deeds.change({ name: next }, `It is called “${next}” now.`)}
      />
      <Client {...part} />
      <Audience {...part} />
      <TestSection
        key={JSON.stringify([issuer, clientId, secret])}
        says="Reads what the provider says about itself, and tries the client id and secret there."
        path={`/identity-providers/${id}/test`}
        answer={TestedProvider}
      />
      <EndSection {...part} />
    </Sheet>
  );
}

function Client({ provider: { issuer, clientId, secret, redirectUri }, deeds }: ProviderPart) {
  return (
    <Section title="Between Ringside and the provider">
      <CopyBox
        label="Redirect address"
        hint="Tell the provider: it sends people back to this address and to no other."
        text={redirectUri}
      />
      <SavedText
        label="Issuer"
        hint="If it moves to another server, give the client secret anew: the old one is not told there."
        neverEmpty
        value={issuer}
        onSave={(next) => void deeds.change({ issuer: next }, "The issuer is changed.")}
      />
      <SavedText
        label="Client ID"
        placeholder="Not given yet"
        value={clientId}
        onSave={(next) => void deeds.change({ clientId: next }, "The client ID is changed.")}
      />
      <SecretText
        label="Client secret"
        hint={
          secret === "lost"
            ? "It was kept under another secret of the server and does not open any more. Give it anew."
            : "Kept encrypted, and shown to nobody again, you included."
        }
        isKept={secret === "kept"}
        onSave={(next) => void deeds.keepSecret(next, "The client secret is replaced.")}
      />
      {secret !== "none" && (
        <Deed says="A public client has none: then the provider must ask for PKCE alone.">
          <Button size="small" onClick={() => void deeds.keepSecret(null, "The client secret is forgotten.")}>
            Use no secret
          </Button>
        </Deed>
      )}
    </Section>
  );
}

function Audience({ provider: { domains, joinsAs }, deeds }: ProviderPart) {
  return (
    <Section title="Whom it is for">
      <SavedText
        label="E-mail domains"
        hint="Separated by commas. Whoever types such an address is sent there; the provider must say that the address is verified."
        placeholder="northgate.example, northgate.co.uk"
        value={domains.join(", ")}
        onSave={(typed) => void deeds.change({ domains: domainsIn(typed) }, "The domains are changed.")}
      />
      <Select
        label="Somebody of these domains whom nobody has invited"
        choices={joinings}
        value={joinsAs ?? "invited"}
        onChange={(next) => {
          const chosen = next === "agent" || next === "manager" ? next : null;
          void deeds.change({ joinsAs: chosen }, sayJoining(chosen));
        }}
      />
    </Section>
  );
}
