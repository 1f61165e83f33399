import { useState } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { Section } from "../parts/page.tsx";
import { exchangeOf, type Relay } from "./exchange.ts";
import type { AccountPart } from "./use-account.ts";
import styles from "./line.module.css";

/** STUN and TURN servers that lead sound around firewalls. */
export function RelayFields({ account, deeds }: AccountPart) {
  const { configure, keepSecrets } = deeds;
  const { iceServers } = exchangeOf(account);
  const remove = async ({ urls }: Relay) => {
    const left = iceServers.filter((one) => one.urls !== urls);
    const said = `${urls} is not used any more.`;
    const done = await configure({ iceServers: left }, said);
    if (done && account.secrets?.includes(`turn:${urls}`))
      await keepSecrets({ [`turn:${urls}`]: null }, said);
  };
  return (
    <Section
      title="Relays"
      note="STUN or TURN servers, for desks behind firewalls. Without any, desks talk to the exchange directly."
    >
      <ul className={styles["relays"]} aria-label="Relays">
        {iceServers.map((relay) => (
          <li key={relay.urls}>
            <span className="cut">{relay.urls}</span>
            <span className={styles["note"]}>{relay.username}</span>
            <Button
              kind="quiet"
              size="small"
              aria-label={`Remove ${relay.urls}`}
              onClick={() => void remove(relay)}
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
      <NewRelay account={account} deeds={deeds} />
    </Section>
  );
}

const blank = { urls: "", username: "", password: "" };

function NewRelay({ account, deeds: { configure, keepSecrets } }: AccountPart) {
  const { iceServers } = exchangeOf(account);
  const [typed, setTyped] = useState(blank);
  const set = (change: Partial<typeof blank>) => setTyped((was) => ({ ...was, ...change }));
  const add = async () => {
    const { urls, username, password } = typed;
    const said = `${urls} is offered to desks.`;
    if (!(await configure({ iceServers: [...iceServers, { urls, username }] }, said))) return;
    if (password !== "") await keepSecrets({ [`turn:${urls}`]: password }, said);
    setTyped(blank);
  };
  return (
    <div className={styles["new-relay"]}>
      <TextInput
        label="Address"
        placeholder="turn:relay.example.com"
        value={typed.urls}
        onChange={(urls) => set({ urls: urls.trim() })}
      />
      <TextInput label="User" value={typed.username} onChange={(username) => set({ username })} />
      <TextInput
        label="Password"
        type="password"
        autoComplete="new-password"
        value={typed.password}
        onChange={(password) => set({ password })}
      />
      <Button disabled={typed.urls === ""} onClick={() => void add()}>
        Add
      </Button>
    </div>
  );
}
