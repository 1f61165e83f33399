import { useState } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { formatPhone } from "../../../renderer/ui/format/phones.ts";
import { clockTimeExact, dayAndTime } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import { CallHistory } from "../../admin/telephony/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useAskEvery } from "../api/use-ask-every.ts";
import { Detail, Facts, Section, Trouble } from "../parts/page.tsx";
import {
  sayBlock,
  sayCarrier,
  sayEnding,
  sayLeg,
  sayNotice,
  sayOther,
  type Call,
  type History,
} from "./call-words.ts";
import { sayEvent, saySource, type Names } from "./event-words.ts";
import styles from "./call-log.module.css";

const renewEveryMs = 2_000;

/** Everything that was ever said of a call, in the order that counts, as it is now. */
export function CallDetail({ id, names, closeTo }: { id: string; names: Names; closeTo: readonly string[] }) {
  const now = useNow();
  const { value, error, reload } = useAnswer(`/telephony/call-log/${encodeURIComponent(id)}`, CallHistory);
  // A recording, and what the carrier owed, come after the end.
  useAskEvery(renewEveryMs, reload);
  if (!value) {
    return (
      <Detail title="A call" closeTo={closeTo}>
        <Trouble error={error} onRetry={reload} />
      </Detail>
    );
  }
  const { call, events, legs, deliveries, blocked } = value;
  return (
    <Detail title={sayOther(call)} subtitle={dayAndTime(new Date(call.startedAt), now)} closeTo={closeTo}>
      <Trouble error={error} onRetry={reload} />
      <Facts facts={factsOf(call, names)} />
      <Events events={events} names={names} />
      <Legs legs={legs} names={names} />
      <Deliveries deliveries={deliveries} />
      <Blocked blocked={blocked} />
    </Detail>
  );
}

function factsOf({ from, to, agentId, queue, endReason, isRecorded, provider }: Call, names: Names) {
  const facts: [string, string][] = [
    ["From", formatPhone(from) || "No number"],
    ["To", formatPhone(to) || "No number"],
    ["Agent", agentId === null ? "Nobody" : (names.people.get(agentId) ?? "Somebody who left")],
    ...(queue === "" ? [] : [["Queue", names.queues.get(queue) ?? queue] as [string, string]]),
    ["End", sayEnding(endReason)],
    ["Recording", isRecorded ? "Kept" : "None"],
    ...(provider === "" ? [] : [["Carrier", sayCarrier(provider)] as [string, string]]),
  ];
  return facts;
}

function Events({ events, names }: { events: History["events"]; names: Names }) {
  return (
    <Section title={`What happened · ${events.length}`}>
      {events.length === 0 && (
        <p className={styles["none"]}>Nothing was reported: this call was brought in from elsewhere.</p>
      )}
      <ol className={styles["lines"]} aria-label="What happened">
        {events.map(({ event, receivedAt }) => (
          <Line
            key={`${String(event["source"])} ${String(event["key"])}`}
            at={String(event["at"])}
            says={sayEvent(event, names)}
            by={saySource(event)}
            raw={{ ...event, receivedAt }}
          />
        ))}
      </ol>
    </Section>
  );
}

/** A moment in words; what was really said stands behind them. */
function Line({ at, says, by, raw }: { at: string; says: string; by: string; raw: object }) {
  const [opened, setOpened] = useState(false);
  return (
    <li>
      <time dateTime={at}>{clockTimeExact(new Date(at))}</time>
      <span className={styles["says"]}>
        {says} <span className={styles["by"]}>{by}</span>
      </span>
      <Button
        kind="link"
        size="small"
        aria-expanded={opened}
        aria-label={`Raw: ${says}, ${by}`}
        onClick={() => setOpened(!opened)}
      >
        Raw
      </Button>
      {opened && <pre>{JSON.stringify(raw, null, 2)}</pre>}
    </li>
  );
}

function Legs({ legs, names }: { legs: History["legs"]; names: Names }) {
  if (legs.length === 0) return null;
  return (
    <Section title={`Connections · ${legs.length}`}>
      <ul className={styles["lines"]} aria-label="Connections">
        {legs.map((leg) => (
          <Line
            key={leg.id}
            at={leg.dialledAt}
            says={sayLeg(leg, names.people)}
            by={leg.state === "ended" ? sayStay(leg) : leg.state}
            raw={leg}
          />
        ))}
      </ul>
    </Section>
  );
}

function sayStay({ answeredAt, endedAt }: History["legs"][number]): string {
  if (answeredAt === null) return "not answered";
  return endedAt === null ? "" : `until ${clockTimeExact(new Date(endedAt))}`;
}

function Deliveries({ deliveries }: { deliveries: History["deliveries"] }) {
  if (deliveries.length === 0) return null;
  return (
    <Section
      title={`What the carrier sent · ${deliveries.length}`}
      note="Kept for three days after it was applied."
    >
      <ul className={styles["lines"]} aria-label="What the carrier sent">
        {deliveries.map((delivery) => (
          <Line
            key={delivery.id}
            at={delivery.receivedAt}
            says={sayNotice(delivery.notice)}
            by={delivery.error ?? (delivery.doneAt === null ? "waits to be applied" : "applied")}
            raw={delivery}
          />
        ))}
      </ul>
    </Section>
  );
}

function Blocked({ blocked }: { blocked: History["blocked"] }) {
  const now = useNow();
  if (blocked.length === 0) return null;
  return (
    <Section title={`Dials that were blocked · ${blocked.length}`} note="Of this call and of its number.">
      <ul className={styles["lines"]} aria-label="Dials that were blocked">
        {blocked.map((dial) => (
          <Line
            key={`${dial.at} ${dial.to}`}
            at={dial.at}
            says={`${dial.actorName || "Somebody"}: ${sayBlock(dial.reason)}`}
            by={dayAndTime(new Date(dial.at), now)}
            raw={dial}
          />
        ))}
      </ul>
    </Section>
  );
}
