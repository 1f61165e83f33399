import { Button } from "../../../renderer/ui/controls/button.tsx";
import { countOf } from "../../../renderer/ui/format/numbers.ts";
import { goOnFromHere } from "../frame/address.ts";
import { Link } from "../parts/link.tsx";
import { Deed, Section } from "../parts/page.tsx";
import { SavedText } from "../parts/saved-text.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { AccountTest } from "./account-test.tsx";
import { ExchangeFields } from "./exchange-fields.tsx";
import { providerWords, type Account } from "./provider-words.ts";
import { TwilioFields } from "./twilio-fields.tsx";
import { useAccount, type AccountPart } from "./use-account.ts";
import { WebhookBoxes } from "./webhook-boxes.tsx";
import styles from "./line.module.css";

/** One account: what opens it, whether it does, and what its carrier has to be told. */
export function AccountEditor({ account: saved }: { account: Account }) {
  const { shown: account, deeds } = useAccount(saved);
  const { label, provider, numbers, secrets, webhooks } = account;
  return (
    <Sheet
      title={label}
      about={
        <>
          {providerWords[provider].name} · <Link to={["numbers"]}>{countOf(numbers, "number")}</Link>
        </>
      }
    >
      {secrets === null && (
        <p className={styles["warning"]} role="alert">
          The secrets of this account were kept under another secret of the server and do not open any more.
          Give them anew.
        </p>
      )}
      <SavedText label="Name" neverEmpty value={label} onSave={(next) => void deeds.rename(next)} />
      {provider === "twilio" && <TwilioFields account={account} deeds={deeds} />}
      {provider === "sip" && <ExchangeFields account={account} deeds={deeds} />}
      {provider === "simulator" && <p className={styles["about"]}>{providerWords.simulator.about}</p>}
      <AccountTest key={JSON.stringify([account.config, secrets])} id={account.id} />
      {webhooks && <WebhookBoxes {...webhooks} />}
      <LineSection account={account} deeds={deeds} />
    </Sheet>
  );
}

function LineSection({ account: { id, label, isLine }, deeds: { choose, remove } }: AccountPart) {
  const leave = async () => {
    const goOn = goOnFromHere();
    if (await remove()) goOn("line");
  };
  return (
    <Section title="In use">
      {isLine ? (
        <Deed says="New calls use this account. Without one, desks cannot call and callers reach nobody.">
          <Button size="small" onClick={() => void choose(null, "No account is in use: desks cannot call.")}>
            Stop using it
          </Button>
        </Deed>
      ) : (
        <Deed says="New calls use it from now on. Calls that are up end where they are; desks follow within the hour, or when they are opened anew.">
          <Button size="small" onClick={() => void choose(id, `New calls use “${label}”.`)}>
            Use it for calls
          </Button>
        </Deed>
      )}
      <Deed says="Removing works while no number, call or recording hangs on it. Its secrets are forgotten.">
        <Button size="small" onClick={() => void leave()}>
          Remove
        </Button>
      </Deed>
    </Section>
  );
}
