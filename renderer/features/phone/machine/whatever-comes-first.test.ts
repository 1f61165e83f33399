import fc from "fast-check";
import { expect, test } from "vitest";
import type { UserId } from "../../../../shared/entities/id.ts";
import {
  asked,
  done,
  playInAnyOrder,
  records,
  told,
  type Beat,
  type Fact,
} from "../../../../testing/phone/any-order.ts";
import {
  ana,
  answered,
  ended,
  errorsOf,
  offer,
  one,
  opened,
  type TestPhone,
} from "../../../../testing/phone/stepped-phone.ts";
import type { PhoneEvent } from "./model.ts";

const both = { from: "+14155550100", to: "+14155550199", provider: "simulator" };
const over = (why: string, after = ""): Fact => ({ type: "ended", why, after });
const left = (...after: string[]) => told("left", ended(one), ...after);

/** Ana dials, and this is what the carrier tells of it. */
function dial(facts: Fact[], ending: Beat[], ...controls: Beat[][]): Beat[][] {
  const permit = { callId: one, to: both.to, from: both.from, announce: false };
  return [
    [
      asked("dial", { do: "dial", callId: one, to: both.to, leadId: null }, null),
      told("permitted", { type: "permitted", askId: "ask-1", permit }),
      told("opened", opened(one)),
      told("answered", answered(one)),
      ...ending,
    ],
    [done("dial", () => [], "opened")],
    records(
      { type: "requested", ...both, agentId: ana, leadId: null, after: "permitted" },
      { type: "dialled", after: "opened" },
      { type: "ringing" },
      ...facts,
    ),
    ...controls,
  ];
}
const pickedUp: Fact = { type: "answered", agentId: null };

/** Ana's desk rings. */
function ring(facts: Fact[], device: Beat[], ...controls: Beat[][]): Beat[][] {
  const rung = [
    { type: "offered", ...both, leadId: null, after: "offered" },
    { type: "routed", agentId: ana },
  ];
  return [[told("offered", offer(one)), ...device], records(...rung, ...facts), ...controls];
}
const gone = told("gone", { type: "offer-gone", callId: one, why: "cancelled" });

/** She picks up. */
function talk(facts: Fact[], ending: Beat[], ...controls: Beat[][]): Beat[][] {
  const mine = { type: "answered", agentId: ana, after: "opened" };
  return ring([mine, ...facts], [...pickUp, ...ending], [answerDone], ...controls);
}
const pickUp = [
  asked("answer", { do: "answer", callId: one }, "answer"),
  told("opened", opened(one)),
  told("answered", answered(one)),
];
const answerDone = done("answer", () => [], "opened");

/** Ben, whose call it is, asks her to take it. */
function takeOver(facts: Fact[], ending: Beat[]): Beat[][] {
  const offered = offer(one) as Extract<PhoneEvent, { type: "offered" }>;
  const asking = [
    ...bens,
    { type: "transfer-started", mode: "warm", target: { kind: "agent", userId: ana } },
    { type: "transfer-answered", after: "opened" },
  ];
  const call = { ...offered.call, monitoring: "party" as const };
  const device = [told("offered", { ...offered, call }), ...pickUp, ...ending];
  return [device, [answerDone], records(...asking, ...facts)];
}

const bens = [
  { type: "offered", ...both, leadId: null, after: "offered" },
  { type: "answered", agentId: "ben" },
];

/** She listens to a call of Ben's. */
function listen(facts: Fact[], ending: Beat[]): Beat[][] {
  const offered = offer(one) as Extract<PhoneEvent, { type: "offered" }>;
  const call = { ...offered.call, monitoring: "listen" as const };
  const [, ...device] = pickUp;
  return [
    [
      asked("listen", { do: "monitor", callId: one, role: "listen" }, null),
      told("offered", { ...offered, call }),
      ...device,
      ...ending,
    ],
    [done("listen")],
    [told("joined", { type: "done", askId: `join:${one}:listen` }, "opened")],
    records(...bens, ...facts),
  ];
}

const hold = (name: string, on: boolean): Beat[] => [
  asked(name, { do: "hold", callId: one, on }, "hold"),
  done(name, () => [{ type: "held", callId: one, on }]),
];

const ben = { kind: "agent", userId: "ben" as UserId } as const;
const sales = { kind: "queue", queue: "sales" } as const;
const number = { kind: "number", number: "+14155550177" } as const;
type Target = typeof ben | typeof sales | typeof number;

/**
 * She hands the call over. `ends`: and completes that, or calls it off, once they have picked up; `gone`: one of the two
 * who wait for that hangs up.
 */
function handOver(
  mode: "warm" | "blind",
  target: Target,
  facts: Fact[],
  ends?: "complete" | "cancel" | "gone",
) {
  const asking = [
    asked(
      "hand over",
      { do: "transfer", callId: one, target, mode },
      `${mode}-transfer`,
      "answer done",
      "answered",
    ),
    // What the server knew before it was asked is here before its answer.
    done(
      "hand over",
      ({ transferId }) => [{ type: "transfer-started", callId: one, transferId, target, mode }],
      "record 2",
    ),
  ];
  const started: Fact = { type: "transfer-started", mode, target, after: "hand over" };
  const leaves = mode === "blind" ? [left("hand over")] : ends === "complete" ? [left("end")] : [];
  if (ends === "gone") return talk([started, ...facts], [left("hand over done")], asking);
  return talk([started, ...facts], leaves, asking, ends ? endTransfer(ends) : []);
}

function endTransfer(how: "complete" | "cancel"): Beat[] {
  const change: Extract<PhoneEvent, { type: "transfer" }>["change"] =
    how === "complete" ? { step: "completed" } : { step: "cancelled", why: "agent" };
  return [
    asked("end", { do: `${how}-transfer`, callId: one }, "dtmf", "hand over done", "record 4"),
    done("end", ({ transferId }) => [{ type: "transfer", callId: one, transferId, change }]),
  ];
}
const theirs: Fact = { type: "transfer-answered" };
const handedOver = (after = ""): Fact => ({ type: "transfer-completed", after });

/** `goesOn`: with this desk or without it, so that the end is not its to tell. */
type Story = { columns: Beat[][]; shown: string[]; goesOn: boolean };
const stays = (shown: string, columns: Beat[][]): Story => ({ columns, shown: [shown], goesOn: true });
const isWrappedUp = (columns: Beat[][]): Story => ({ columns, shown: ["wrap-up"], goesOn: false });
/** Somebody else is in it, until she leaves. */
const isJoined = (role: string): Story =>
  isWrappedUp(
    talk(
      [{ type: "party-joined", partyId: "p", target: ben, role }, over("completed", "answer done")],
      [left("answer done")],
    ),
  );
const leaves = (columns: Beat[][]): Story => ({ columns, shown: [], goesOn: true });

const stories: Readonly<Record<string, Story>> = {
  "a dialled call": stays("live", dial([pickedUp], [])),
  "a dialled call on hold": stays(
    "held",
    dial([pickedUp, { type: "held", after: "hold" }], [], hold("hold", true)),
  ),
  "a dialled call that was on hold": stays(
    "live",
    dial(
      [pickedUp, { type: "held", after: "hold" }, { type: "resumed", after: "resume" }],
      [],
      [...hold("hold", true), ...hold("resume", false)],
    ),
  ),
  "a dialled call that nobody picks up": isWrappedUp(dial([over("no-answer")], [left()])),
  "a message that is left": isWrappedUp(
    dial(
      [pickedUp, over("voicemail", "drop")],
      [left("drop")],
      [asked("drop", { do: "drop-voicemail", callId: one, greeting: "hi" }, "drop-voicemail"), done("drop")],
    ),
  ),
  "a call that came in": stays("live", talk([], [])),
  "a call that came in and is over": isWrappedUp(
    talk([over("completed", "answer done")], [left("answer done")]),
  ),
  "a caller who gives up": leaves(ring([over("completed")], [gone])),
  "a call that a colleague takes": leaves(ring([{ type: "answered", agentId: ben.userId }], [gone])),
  "a colleague who is asked": stays("transferring", handOver("warm", ben, [])),
  "a colleague who says no": stays(
    "live",
    handOver("warm", ben, [{ type: "transfer-cancelled", why: "declined" }]),
  ),
  "a colleague who need not take it": stays(
    "live",
    handOver("warm", ben, [theirs, { type: "transfer-cancelled", why: "agent", after: "end" }], "cancel"),
  ),
  "a colleague who takes it and is soon through with it": leaves(
    handOver("warm", ben, [theirs, handedOver("end"), over("completed")], "complete"),
  ),
  "a colleague who is asked while the caller gives up": isWrappedUp(
    handOver("warm", ben, [over("completed", "hand over done")], "gone"),
  ),
  "a colleague who has picked up when the caller gives up": isWrappedUp(
    handOver("warm", ben, [theirs, over("completed", "hand over done")], "gone"),
  ),
  "a call that a supervisor listens to": isJoined("listen"),
  "a call with a third person in it": isJoined("party"),
  "a call into which somebody was asked who does not come": stays(
    "live",
    talk(
      [
        { type: "party-asked", partyId: "p", target: ben, role: "party", after: "add" },
        { type: "party-passed", partyId: "p", why: "declined" },
      ],
      [],
      [asked("add", { do: "add-party", callId: one, target: ben }, "add-party"), done("add")],
    ),
  ),
  "a colleague who is given it, and does not pick up before the caller gives up": isWrappedUp(
    handOver("blind", ben, [over("completed", "left")]),
  ),
  "a number that takes it": isWrappedUp(handOver("warm", number, [theirs, handedOver("end")], "complete")),
  "a colleague's call that she listens to": stays("live", listen([], [])),
  "a colleague's call that ends while she listens": leaves(
    listen([over("completed", "joined")], [left("joined")]),
  ),
  "a colleague's call that she takes over": stays("live", takeOver([{ type: "transfer-completed" }], [])),
  "a colleague's call that ends while she is asked to take it": leaves(
    takeOver([over("completed", "answer done")], [left("answer done")]),
  ),
  "a colleague who is given it": leaves(handOver("blind", ben, [theirs, handedOver()])),
  "a queue that is given it": leaves(handOver("blind", sales, [handedOver()])),
  "a number that is given it": isWrappedUp(handOver("blind", number, [theirs, handedOver()])),
};

const endsTold = ({ all }: TestPhone) =>
  all
    .flatMap((effect) => (effect.do === "report" ? effect.events : []))
    .filter(({ type }) => type === "ended");

test.each(Object.entries(stories))(
  "whatever comes first, the same is shown in the end, and nothing is refused: %s",
  (_title, { columns, shown, goesOn }) => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat({ max: 1_000 })), (choices) => {
        const choose = (among: number) => Number(choices.next().value) % among;
        const { phone, unplayed } = playInAnyOrder(columns, choose);
        expect(unplayed).toEqual([]);
        phone.tell({ type: "due", what: "forget", callId: one });
        expect(phone.phases()).toEqual(shown);
        expect(errorsOf(phone.all)).toEqual([]);
        if (goesOn) expect(endsTold(phone)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  },
);
