import { People } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Section } from "../parts/page.tsx";
import { SavedText } from "../parts/saved-text.tsx";
import { exchangeOf, withExtension } from "./exchange.ts";
import { RelayFields } from "./relay-fields.tsx";
import { SecretText } from "../parts/secret-text.tsx";
import type { AccountPart } from "./use-account.ts";
import styles from "./line.module.css";

export function ExchangeFields({ account, deeds }: AccountPart) {
  const { configure } = deeds;
  const { server, domain } = exchangeOf(account);
  return (
    <>
      <Section title="Exchange">
        <SavedText
          label="WebSocket address"
          hint="Where desks register. Passwords travel there: it must begin with wss://."
          neverEmpty
          value={server}
          onSave={(next) => void configure({ server: next }, "The address of the exchange is changed.")}
        />
        <SavedText
          label="Domain"
          hint="What follows the @ in people’s addresses."
          neverEmpty
          value={domain}
          onSave={(next) => void configure({ domain: next }, "The domain is changed.")}
        />
      </Section>
      <Extensions account={account} deeds={deeds} />
      <RelayFields account={account} deeds={deeds} />
    </>
  );
}

/** Everybody who works here, with the extension and password that their desk registers with. */
function Extensions({ account, deeds: { configure, keepSecrets } }: AccountPart) {
  const people = useAnswer("/people", People).value?.people.filter(({ active }) => active) ?? [];
  const { agents } = exchangeOf(account);
  const save = async (userId: string, name: string, username: string) => {
    const next = withExtension(agents, userId, username);
    const said =
      username === "" ? `${name} has no extension any more.` : `${name} has extension ${username}.`;
    const done = await configure({ agents: next }, said);
    if (done && username === "") await keepSecrets({ [`agent:${userId}`]: null }, said);
  };
  return (
    <Section
      title="Extensions"
      note="Passwords are kept encrypted, and given to the desk of their person alone."
    >
      <table className={styles["extensions"]} aria-label="Extensions">
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Extension</th>
            <th scope="col">Password</th>
          </tr>
        </thead>
        <tbody>
          {people.map(({ userId, name }) => {
            const extension = agents.find((agent) => agent.userId === userId)?.username ?? "";
            return (
              <tr key={userId}>
                <td className="cut">{name}</td>
                <td>
                  <SavedText
                    label={`Extension of ${name}`}
                    hideLabel
                    compact
                    placeholder="None"
                    value={extension}
                    onSave={(next) => void save(userId, name, next)}
                  />
                </td>
                <td>
                  <SecretText
                    label={`Password of ${name}`}
                    hideLabel
                    isKept={account.secrets?.includes(`agent:${userId}`) ?? false}
                    onSave={(secret) =>
                      void keepSecrets(
                        { [`agent:${userId}`]: secret },
                        `The password of ${name} is replaced.`,
                      )
                    }
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Section>
  );
}
