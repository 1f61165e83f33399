import { useState } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { countOf } from "../../../renderer/ui/format/numbers.ts";
import { dayInWords } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import { TestedAiAccount, type AiAccount, type AiModel } from "../../admin/ai/wire.ts";
import { useChange } from "../api/use-change.ts";
import { useEdited } from "../api/use-edited.ts";
import { Deed, Section } from "../parts/page.tsx";
import { Question } from "../parts/question.tsx";
import { SavedText } from "../parts/saved-text.tsx";
import { SecretText } from "../parts/secret-text.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { TestSection } from "../parts/test-section.tsx";
import type { Tier } from "./tier.ts";
import { kindWords } from "./words.ts";

type Props = { tier: Tier; account: AiAccount; models: readonly AiModel[] };

/** One account: where it is, its key, and whether it answers. */
export function AccountEditor({ tier, account: saved, models }: Props) {
  const path = `${tier.root}/accounts/${saved.id}`;
  const { shown: account, save } = useEdited(path, saved);
  // Models may be read after the account.
  const [typed, setTyped] = useState<string | null>(null);
  const wireName = typed ?? models.find(({ accountId }) => accountId === saved.id)?.wireName ?? "";
  const { label, baseUrl, apiVersion, kind } = account;
  return (
    <Sheet title={label} about={kindWords[kind]}>
      <SavedText
        label="Name"
        neverEmpty
        value={label}
        onSave={(next) => void save({ label: next }, `It is called “${next}” now.`)}
      />
      <SavedText
        label="Address"
        hint="If it moves to another server, give the key anew: the old one is not told there."
        neverEmpty
        value={baseUrl}
        onSave={(next) => void save({ baseUrl: next }, "The address is changed.")}
      />
      {kind === "azure" && (
        <SavedText
          label="API version"
          value={apiVersion ?? ""}
          onSave={(next) => void save({ apiVersion: next || null }, "The API version is changed.")}
        />
      )}
      <KeyField path={path} account={account} />
      <TextInput
        label="Model to test with"
        hint="The provider's own name of it"
        value={wireName}
        onChange={setTyped}
      />
      {wireName.trim() !== "" && (
        <TestSection
          key={JSON.stringify([baseUrl, account.keyChangedAt, wireName])}
          says="Asks the model for one word, with this key."
          path={`${path}/test`}
          body={{ wireName: wireName.trim() }}
          answer={TestedAiAccount}
        />
      )}
      <EndSection path={path} account={account} />
    </Sheet>
  );
}

function KeyField({ path, account: { key, keyHint, keyChangedAt } }: { path: string; account: AiAccount }) {
  const change = useChange();
  const now = useNow();
  const replace = (apiKey: string | null, said: string) =>
    void change({ request: { method: "PUT", path: `${path}/key`, body: { apiKey } }, said });
  const since = keyChangedAt === null ? "" : ` It is from ${dayInWords(new Date(keyChangedAt), now)}.`;
  return (
    <>
      <SecretText
        label={keyHint === "" ? "Key" : `Key (${keyHint})`}
        hint={
          key === "lost"
            ? "It was kept under another secret of the server and does not open any more. Give it anew."
            : `Kept encrypted, and shown to nobody again, you included.${key === "kept" ? since : ""}`
        }
        isKept={key === "kept"}
        onSave={(next) => replace(next, "The key is replaced.")}
      />
      {key !== "none" && (
        <Deed says="For servers that want none.">
          <Button size="small" onClick={() => replace(null, "The key is forgotten.")}>
            Use no key
          </Button>
        </Deed>
      )}
    </>
  );
}

function EndSection({ path, account: { label, models } }: { path: string; account: AiAccount }) {
  const [asks, setAsks] = useState(false);
  return (
    <Section title="Remove">
      <Deed
        says={
          models > 0
            ? `${countOf(models, "model goes", "models go")} by this account. Remove ${models === 1 ? "it" : "them"} first.`
            : "Its key is forgotten."
        }
      >
        <Button size="small" disabled={models > 0} onClick={() => setAsks(true)}>
          Remove
        </Button>
      </Deed>
      <Question
        title={`Remove “${label}”?`}
        ask={
          asks
            ? {
                keep: "Keep it",
                go: "Remove",
                change: { request: { method: "DELETE", path }, said: `“${label}” is removed.` },
              }
            : null
        }
        onClose={() => setAsks(false)}
      >
        <p>Its key cannot be brought back.</p>
      </Question>
    </Section>
  );
}
