import type { Recommended } from "../../../shared/assistant/recommend/recommend.ts";
import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { suggestions } from "../../../shared/rpc/contract/assistant.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import type { QueryHandler } from "../../rpc/handlers.ts";
import { concernsLead } from "../leads/lead-profile.ts";
import { giveWay } from "../live/slices.ts";
import { liveQuery } from "../live/live-query.ts";
import type { RecordsChanged, Replica } from "../replica.ts";
import type { Answers } from "./answered.ts";
import { findOverlooked, type Overlooked, type OverlookedPorts } from "./find-overlooked.ts";

type Suggestion = OutputOf<typeof suggestions>["suggestions"][number];

export type SuggestPorts = OverlookedPorts & {
  replica: Replica;
  answers: Pick<Answers, "of">;
  /** What is open with a lead, the most urgent first. */
  readOpen: (leadId: string) => Promise<{ leadName: string; open: readonly Recommended[] }>;
  onTurn: (rerun: () => void) => () => void;
  /** Resolves when all records have come once. */
  whole: Promise<void>;
  dependsOn: readonly CollectionName[];
};

const mostSuggested = 8;
/** Stories that are read for one answer, besides those that are asked for: signs may turn out to be none. */
const mostLookedInto = 24;

/** Whom to turn to next: those that are asked for, and those whom nobody has seen to. */
export function createSuggestions(ports: SuggestPorts): QueryHandler<typeof suggestions> {
  const { replica, dependsOn, onTurn } = ports;
  /** By what was asked, whose stories were read for the answer, or have been by now. */
  const lookedInto = new WeakMap<object, ReadonlySet<string>>();
  return liveQuery<typeof suggestions>(
    { reads: replica.reads },
    {
      ...{ dependsOn, alsoOn: onTurn },
      affects: (change, input) =>
        [...(lookedInto.get(input) ?? [])].some((leadId) => concernsLead(change, leadId)) ||
        bringsSign(change, replica.me.userId),
      async read(input) {
        await ports.whole;
        const read = new Set<string>();
        lookedInto.set(input, read);
        return { suggestions: await suggest(ports, input.leadIds, read) };
      },
    },
  );
}

async function suggest(
  ports: SuggestPorts,
  leadIds: readonly string[],
  read: Set<string>,
): Promise<Suggestion[]> {
  const all: Suggestion[] = [];
  async function lookInto(leadId: string): Promise<void> {
    read.add(leadId);
    const { leadName, open } = await ports.readOpen(leadId);
    const [first] = open;
    if (first) all.push({ ...pickShown(first), leadId: leadId as Suggestion["leadId"], leadName });
    // One story takes a few milliseconds: keys and calls come in between.
    await giveWay();
  }
  for (const leadId of new Set(leadIds)) await lookInto(leadId);
  const asked = read.size;
  for (const { leadId, priority } of await withoutAnswered(ports, await findOverlooked(ports))) {
    // Who comes now, and all behind, would stand below what is shown.
    if (all.filter((one) => one.priority >= priority).length >= mostSuggested) break;
    if (read.size - asked >= mostLookedInto) break;
    if (!read.has(leadId)) await lookInto(leadId);
  }
  return all.sort((a, b) => b.priority - a.priority).slice(0, mostSuggested);
}

/** What this person has answered would be read again and again, and keep others from being seen. */
async function withoutAnswered(
  { answers }: Pick<SuggestPorts, "answers">,
  found: readonly Overlooked[],
): Promise<Overlooked[]> {
  const answered = await answers.of(found);
  return found.filter((_, at) => !answered[at]);
}

function pickShown({ title, reason, priority }: Recommended) {
  return { title, reason, priority };
}

/** Whether somebody may wait because of it of whom nobody had to know before. */
function bringsSign({ collection, records }: RecordsChanged, me: string): boolean {
  const isSign = signsIn[collection];
  return isSign !== undefined && records.some(({ after }) => isSign((after ?? {}) as Row, me));
}

type Row = Readonly<Record<string, unknown>>;
const isMine = ({ ownerId }: Row, me: string) => ownerId === me;
const isInbound = ({ direction }: Row) => direction === "inbound";
const signsIn: Readonly<Partial<Record<CollectionName, (row: Row, me: string) => boolean>>> = {
  leads: isMine,
  deals: isMine,
  calls: isInbound,
  messages: isInbound,
  insights: ({ kind }) => kind === "chat",
};
