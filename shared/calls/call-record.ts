import type { Call } from "../entities/call.ts";
import { isOfOwnExchange, isOver, type CallState } from "./call.ts";
import type { CallEvent } from "./call-event.ts";
import { foldCall, identityOf, inOrder } from "./fold-call.ts";
import { nextCall, type CallRules } from "./next-call.ts";

/** A tenant's own wrap-up time arrives as a `wrap-up-extended` of the server. */
export const callRules: CallRules = { wrapUpMs: 120_000 };

type Fields = Readonly<Record<string, unknown>>;

/**
 * What events make of a call's record.
 * @param record as it stands; null = there is none yet
 * @param log what was said before
 * @returns the fields that the line writes and the whole log; null where nothing new was said
 */
export function applyReport(
  record: Fields | null,
  log: readonly CallEvent[],
  events: readonly CallEvent[],
): { fields: Fields; log: CallEvent[] } | null {
  const known = new Set(log.map(identityOf));
  const fresh = [...new Map(events.map((event) => [identityOf(event), event])).values()].filter(
    (event) => !known.has(identityOf(event)),
  );
  if (fresh.length === 0) return null;
  const whole = [...log, ...fresh];
  const call = foldCall(whole, callRules);
  return call && { fields: fieldsOf(record, call), log: whole };
}

/** The same on a device, which holds the call as it stood and not what was said of it: the server puts it right. */
export function overlayReport(record: Fields | null, events: readonly CallEvent[]): Fields {
  let call = withTalks((record?.["line"] ?? null) as CallState | null);
  for (const event of inOrder(events)) call = nextCall(call, event, callRules);
  return call === null ? {} : fieldsOf(record, call);
}

/** Calls that were kept before talks were have none. */
function withTalks(call: CallState | null): CallState | null {
  return call && { ...call, talks: call.talks ?? [] };
}

function fieldsOf(record: Fields | null, call: CallState): Fields {
  return {
    ...(record ? {} : asWritten),
    ...lineFields(call, leadOf(record, call)),
  };
}

/**
 * Whose lead it is may be put right by hand: the line only suggests it. At a company's own exchange what it suggested
 * goes with whom it was of, when somebody else is put through.
 */
function leadOf(record: Fields | null, call: CallState): Call["leadId"] {
  const known = (record?.["leadId"] ?? null) as Call["leadId"];
  const suggested = ((record?.["line"] ?? null) as CallState | null)?.leadId ?? null;
  return isOfOwnExchange(call) && known === suggested ? call.leadId : (known ?? call.leadId);
}

/** What only people and the coach write, as a new call has it. */
const asWritten = {
  teamId: null,
  disposition: "",
  notes: "",
  summary: "",
  sentiment: "",
} satisfies Partial<Call>;

function lineFields(call: CallState, leadId: Call["leadId"]): Partial<Call> {
  return {
    leadId,
    agentId: call.agentId,
    direction: call.direction,
    from: call.from,
    to: call.to,
    startedAt: call.startedAt,
    answeredAt: call.answeredAt,
    endedAt: call.endedAt,
    endReason: isOver(call) && "why" in call.phase ? call.phase.why : "",
    recording: call.recordingKey,
    line: call,
  };
}
