import { dayAndTime } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import { outcomeWords, reasonWords } from "../../../shared/bot/words.ts";
import { AiRetention } from "../../admin/ai/wire.ts";
import { Chats, ChatSheet, type ChatRow } from "../../admin/bots/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { usePages, type Paged } from "../api/use-pages.ts";
import type { PageProps } from "../frame/pages.ts";
import { DataTable, ShowMore, type DataColumn } from "../parts/data-table.tsx";
import { keepPlace } from "../ai/keep-detail.tsx";
import { Link } from "../parts/link.tsx";
import { Column, Detail, Facts, Meaning, Page, Section, Trouble } from "../parts/page.tsx";
import { phaseWords } from "./bot-words.ts";
import { Turns } from "./turns.tsx";

const here = ["bot-chats"];
const paged: Paged<typeof Chats, ChatRow> = {
  path: "/bot-chats",
  answer: Chats,
  keyOf: ({ id }) => id,
  read: ({ chats, next }) => ({ rows: chats, next }),
};

/** Conversations of visitors with bots and people, to be read. Who reads one stands in the audit log. */
export function BotChatsPage({ rest: [open] }: PageProps) {
  const now = useNow();
  const { rows, next, error, reload, loadOlder } = usePages(paged, "");
  const kept = useAnswer("/ai/retention", AiRetention).value;
  return (
    <Page crumbs={[{ label: "Bot chats", to: here }]}>
      <Column kind="main" label="Bot chats">
        <Trouble error={error} onRetry={reload} />
        {kept && (
          <Meaning>
            Chats that belong to no lead are kept for{" "}
            <Link to={keepPlace}>{`${kept.chatDays ?? kept.server.chatDays} days`}</Link> after their last
            word; those of a lead go with it.
          </Meaning>
        )}
        <DataTable
          label="Bot chats"
          rows={rows}
          rowKey={({ id }) => id}
          rowTo={({ id }) => [...here, id]}
          selected={open}
          columns={columnsAt(now)}
          empty="None yet. Visitors who talk to one of your bots stand here."
          foot={<ShowMore label="Older ones" onMore={next === null ? null : () => void loadOlder()} />}
        />
      </Column>
      {open && <Sheet key={open} id={open} />}
    </Page>
  );
}

function columnsAt(now: Date): readonly DataColumn<ChatRow>[] {
  return [
    { title: "Visitor", cell: ({ visitor }) => <span className="cut">{visitor || "Visitor"}</span> },
    {
      title: "Bot",
      width: "140px",
      spare: true,
      cell: ({ botName }) => <span className="cut">{botName}</span>,
    },
    { title: "Began", width: "130px", cell: ({ openedAt }) => dayAndTime(new Date(openedAt), now) },
    { title: "State", width: "170px", cell: ({ phase }) => phaseWords[phase] },
    { title: "Why a person", width: "200px", spare: true, cell: ({ why }) => (why ? reasonWords[why] : "") },
    {
      title: "Agent",
      width: "140px",
      spare: true,
      cell: ({ agent }) => <span className="cut">{agent}</span>,
    },
  ];
}

function Sheet({ id }: { id: string }) {
  const { value, error, reload } = useAnswer(`/bot-chats/${id}`, ChatSheet);
  return (
    <Detail
      title={value?.visitor || "Visitor"}
      subtitle={value ? phaseWords[value.phase] : ""}
      closeTo={here}
    >
      <Trouble error={error} onRetry={reload} />
      {value && (
        <>
          <Facts facts={factsOf(value)} />
          <Section title="What was said" note="That you read it stands in the audit log.">
            <Turns turns={value.turns} />
          </Section>
        </>
      )}
    </Detail>
  );
}

function factsOf({ botName, why, agent, outcome, told }: ChatSheet): [string, string][] {
  const facts: [string, string][] = [
    ["Bot", botName],
    ["Why a person", why ? reasonWords[why] : ""],
    ["Agent", agent],
    ["Outcome", outcome ? outcomeWords[outcome] : ""],
    ["E-mail", told.email],
    ["Phone", told.phone],
    ["Looks for", told.need],
    ["To be called", told.when],
  ];
  return facts.filter(([, value]) => value !== "");
}
