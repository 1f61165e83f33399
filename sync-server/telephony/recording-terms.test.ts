import { describe, expect, test } from "vitest";
import { newCall } from "./begin-call.ts";
import { applyControl, type LineControl } from "./control.ts";
import { hearJoined } from "./hear-joined.ts";
import { hearLeg } from "./hear-leg.ts";
import { judgeLate } from "./late-control.ts";
import { addLeg, changeCall, changeLeg, lineOf, type Leg, type Line, type LineCall } from "./line.ts";
import type { LegStatus } from "./notices.ts";
import { planSettlement } from "./plan-settlement.ts";
import { askedIn, recordingTerms, transcriberOf } from "./recording-terms.ts";
import { scriptFor } from "./scripts.ts";

const at = new Date("2026-11-21T09:00:00.000Z");
const call = newCall({ tenantId: "t", accountId: "a", callId: "c", direction: "inbound", ours: "", theirs: "", startedAt: at }); // prettier-ignore
const up = (line: Line, id: string, role: "agent" | "customer") =>
  addLeg(line, { id, role, agentId: role === "agent" ? "ana" : null, sid: id, state: "live", answeredAt: at }, at); // prettier-ignore

/** Ana talks to a customer, recorded as the law there has it. */
function talkUnder(consent: LineCall["consent"]): Line {
  const isRecorded = consent === "unneeded" || consent === "told" || consent === "given";
  const state = isRecorded ? ("on" as const) : ("off" as const);
  const talk = up(up(lineOf(call, []), "a", "agent"), "c", "customer");
  return changeCall(talk, { consent, recording: state, recordingWanted: state });
}

const target = { kind: "number", number: "+14155550123" } as const;
const conference = { do: "add-party", partyId: "p1", target } as LineControl;
const transfer = (mode: "warm" | "blind") => ({ do: "transfer", transferId: "t1", mode, target }) as LineControl; // prettier-ignore

function apply(line: Line, control: LineControl): Line {
  const applied = applyControl(line, control, { userId: "ana" as never }, at);
  if (!applied.ok) throw new Error(applied.error.message);
  return applied.value;
}
const thirdOf = (line: Line) => {
  const leg = line.legs.find(({ role, purpose }) => purpose.target !== undefined && role !== "agent");
  if (!leg) throw new Error("nobody was asked in");
  return leg;
};
const facts = (line: Line) => line.said.map(({ fact }) => fact);
const saysFirst = (line: Line) => scriptFor(line, thirdOf(line), null)[0];

test.each([
  ["none", true, false, { announce: false, consent: "unneeded", recordingWanted: "on" }],
  ["none", true, true, { announce: true, consent: "told", recordingWanted: "on" }],
  ["inform", true, false, { announce: true, consent: "told", recordingWanted: "on" }],
  ["ask", true, false, { announce: false, consent: "needed", recordingWanted: "off" }],
  ["ask", true, true, { announce: false, consent: "needed", recordingWanted: "off" }],
  ["ask", false, true, { announce: false, consent: "unneeded", recordingWanted: "off" }],
] as const)("under the law “%s” (records: %s, tells everybody: %s)", (law, records, always, terms) => {
  expect(recordingTerms(law, { records, always })).toEqual(terms);
});

describe("somebody who is asked into a call", () => {
  test.each([
    ["their law wants it", "unneeded", "inform"],
    ["the law of somebody who is there wants it", "told", "none"],
  ] as const)("hears first that it is recorded where %s", (_, there, theirs) => {
    const before = talkUnder(there);
    for (const control of [conference, transfer("warm")]) {
      const line = askedIn(before, apply(before, control), theirs);
      expect(saysFirst(line)).toMatchObject({ do: "say", text: expect.stringContaining("is recorded") });
      expect(line.call).toMatchObject({ consent: "told", recordingWanted: "on" });
    }
  });

  test.each([
    ["nobody's law wants it", "unneeded", "none", {}],
    ["it is not recorded", "unneeded", "inform", { recordingWanted: "off" }],
    ["they are asked with all others", "needed", "ask", {}],
    ["somebody there has refused", "refused", "inform", {}],
  ] as const)("hears nothing where %s", (_, there, theirs, more) => {
    const before = changeCall(talkUnder(there), more);
    const line = askedIn(before, apply(before, conference), theirs);
    expect(saysFirst(line)).toMatchObject({ do: "join" });
    expect(line.call).toEqual(before.call);
  });

  test.each(["unneeded", "told", "given"] as const)(
    "from where a clear yes is wanted stops the recording of a call that is %s before they are rung, until all were asked",
    (there) => {
      const before = talkUnder(there);
      const line = askedIn(before, apply(before, conference), "ask");
      expect(line.call).toMatchObject({ consent: "needed", recordingWanted: "paused" });
      const given = { do: "consent", answer: "given" } as const;
      expect(planSettlement(line).map((step) => step.do)).toEqual(["record", "dial"]);
      const early = applyControl(line, given, { userId: "ana" as never }, at);
      expect(early).toMatchObject({ ok: false, error: { message: expect.stringContaining("still being called") } }); // prettier-ignore
      const allThere = hearLeg(line, thirdOf(line), {
        sid: "b",
        status: "answered",
        seq: 2,
        at,
        machine: false,
      });
      expect(facts(allThere)).toContainEqual({ type: "consent", how: "needed", number: target.number });
      expect(apply(allThere, given).call).toMatchObject({ consent: "given", recordingWanted: "on" });
    },
  );
});

test("a recording that has not begun does not begin where somebody is asked in who must agree first", () => {
  const before = changeCall(talkUnder("told"), { recording: "off", announce: true });
  const line = askedIn(before, apply(before, conference), "ask");
  expect(line.call).toMatchObject({ consent: "needed", recordingWanted: "off" });
  expect(planSettlement(line).map((step) => step.do)).toEqual(["dial"]);
});

describe("somebody who had to agree, and was called", () => {
  const news = { sid: "b", seq: 2, at, machine: false };
  const rung = (there: LineCall["consent"], control = conference) => {
    const before = talkUnder(there);
    const line = askedIn(before, apply(before, control), "ask");
    return changeCall(line, { recording: "paused" });
  };
  const ends = (line: Line, status: LegStatus, leg = thirdOf(line)) =>
    hearLeg(line, leg, { ...news, status });
  const consents = (line: Line) => facts(line).filter(({ type }) => type === "consent");
  const isAsBefore = (line: Line, consent: LineCall["consent"]) => {
    expect(line.call).toMatchObject({ consent, recordingWanted: "on" });
    expect(consents(line)).toEqual([]);
    expect(planSettlement(line)).toContainEqual(expect.objectContaining({ do: "record", state: "on" }));
  };

  test.each([
    ["does not pick up", "no-answer", "unneeded"],
    ["is engaged", "busy", "told"],
    ["declines", "completed", "given"],
    ["cannot be reached", "failed", "given"],
  ] as const)("and %s is nobody to ask for: it is recorded as before", (_, status, there) => {
    for (const control of [conference, transfer("warm"), transfer("blind")])
      isAsBefore(ends(rung(there, control), status), there);
  });

  test.each([
    ["transfer is cancelled", transfer("warm"), { do: "cancel-transfer", transferId: "t1" }],
    ["place in a conference is taken back", conference, { do: "drop-party", partyId: "p1" }],
  ] as const)(
    "and whose %s while they are rung holds it up until they are rung no more",
    (_, asked, back) => {
      const line = apply(rung("given", asked), back as LineControl);
      expect(line.call).toMatchObject({ consent: "needed", recordingWanted: "paused" });
      isAsBefore(ends(line, "cancelled"), "given");
    },
  );

  test("and was there once has to be asked for, also after they have gone", () => {
    const here = ends(rung("given"), "answered");
    expect(consents(ends(here, "answered"))).toEqual([{ type: "consent", how: "needed", number: target.number }]); // prettier-ignore
    const gone = ends(here, "completed");
    expect(gone.call).toMatchObject({ consent: "needed", recordingWanted: "paused" });
    expect(apply(gone, { do: "consent", answer: "given" }).call.recordingWanted).toBe("on");
  });

  const second = { do: "add-party", partyId: "p2", target: { kind: "number", number: "+4366412345" } } as LineControl; // prettier-ignore
  const secondOf = ({ legs }: Line) => legs.find(({ purpose }) => purpose.partyId === "p2") as Leg;

  test.each(["ask", "inform"] as const)(
    "and does not come changes nothing while another is rung (%s)",
    (law) => {
      const one = rung("unneeded");
      const both = askedIn(one, apply(one, second), law);
      const half = ends(both, "no-answer");
      expect(half.call).toMatchObject({ consent: "needed", recordingWanted: "paused" });
      isAsBefore(ends(half, "no-answer", secondOf(half)), "unneeded");
      const here = ends(half, "answered", secondOf(half));
      expect(consents(here)).toEqual([{ type: "consent", how: "needed", number: "+4366412345" }]);
      expect(ends(here, "completed", secondOf(here)).call.consent).toBe("needed");
    },
  );

  test("and does not come leaves those be whose law wants nothing", () => {
    const one = rung("unneeded");
    const both = askedIn(one, apply(one, second), "none");
    isAsBefore(ends(ends(both, "answered", secondOf(both)), "no-answer"), "unneeded");
  });

  test("and does not come changes neither a no nor a pause of the agent's nor a call that is over", () => {
    const refused = apply(rung("unneeded"), { do: "consent", answer: "refused" });
    expect(ends(refused, "no-answer").call).toMatchObject({ consent: "refused", recordingWanted: "paused" });
    const paused = apply(rung("unneeded"), { do: "record", state: "paused" });
    expect(ends(paused, "no-answer").call).toMatchObject({ consent: "unneeded", recordingWanted: "paused" });
    const over = changeCall(rung("unneeded"), { overAt: at });
    expect(ends(over, "cancelled").call).toMatchObject({ recordingWanted: "paused" });
  });

  test("is waited for where the recording is to be resumed, and it is said what for", () => {
    const resume = (line: Line) => applyControl(line, { do: "record", state: "on" }, { userId: "ana" as never }, at); // prettier-ignore
    const saying = (text: string) => ({ ok: false, error: { code: "no-consent", message: expect.stringContaining(text) } }); // prettier-ignore
    expect(resume(rung("unneeded"))).toMatchObject(saying("or has not picked up"));
    const paused = apply(rung("unneeded"), { do: "record", state: "paused" });
    expect(resume(paused)).toMatchObject(saying("Resume it then if they do not pick up"));
    expect(resume(ends(rung("unneeded"), "answered"))).toMatchObject(saying("Ask before you record"));
    const gone = resume(ends(paused, "no-answer"));
    expect(gone).toMatchObject({ ok: true, value: { call: { recordingWanted: "on" } } });
  });

  test("and was called by a server that did not yet keep how it was is asked for as ever", () => {
    const line = rung("unneeded");
    const leg = thirdOf(line);
    const kept = changeLeg(line, leg.id, { purpose: { partyId: "p1", target, role: "party" } });
    expect(ends(kept, "no-answer").call.consent).toBe("needed");
  });
});

describe("whoever hears the announcement is there once they are in the room", () => {
  const before = talkUnder("told");
  const answers = (line: Line) => hearLeg(line, thirdOf(line), { sid: "b", status: "answered", seq: 2, at, machine: false }); // prettier-ignore
  const joins = (line: Line) => hearJoined(line, thirdOf(line), at);
  const heard = { type: "consent", how: "announced", number: target.number };

  test.each([
    ["as it happens", answers, joins],
    ["with the reports the other way round", joins, answers],
  ])("in a conference, %s", (_, first, second) => {
    const line = askedIn(before, apply(before, conference), "inform");
    const joined = { type: "party-joined", partyId: "p1", target, role: "party" };
    const half = first(line);
    expect(facts(half)).not.toContainEqual(joined);
    const whole = second(half);
    expect(facts(whole)).toEqual(expect.arrayContaining([heard, joined]));
    expect(facts(joins(whole)).filter(({ type }) => type === "consent")).toHaveLength(1);
  });

  test("and is handed nothing before, however they are asked", () => {
    const blind = askedIn(before, apply(before, transfer("blind")), "inform");
    expect(facts(answers(blind)).map(({ type }) => type)).toEqual(["transfer-started"]);
    const given = joins(answers(blind));
    expect(facts(given).map(({ type }) => type)).toEqual(["transfer-started", "consent", "transfer-answered", "transfer-completed"]); // prettier-ignore
    const warm = answers(askedIn(before, apply(before, transfer("warm")), "inform"));
    const tooEarly = applyControl(warm, { do: "complete-transfer", transferId: "t1" }, { userId: "ana" as never }, at); // prettier-ignore
    expect(tooEarly).toMatchObject({ ok: false, error: { code: "not-possible" } });
    expect(apply(joins(warm), { do: "complete-transfer", transferId: "t1" }).call.overAt).toEqual(at);
  });

  test("and who hangs up instead gives the caller back", () => {
    const line = answers(askedIn(before, apply(before, transfer("blind")), "inform"));
    const gone = hearLeg(line, thirdOf(line), { sid: "b", status: "completed", seq: 3, at, machine: false });
    expect(facts(gone).at(-1)).toMatchObject({ type: "transfer-cancelled", why: "declined" });
    expect(gone.call.holdWanted).toBe(false);
  });
});

describe("where a clear yes is wanted", () => {
  const record = { do: "record", state: "on" } as const;
  const note = (answer: "given" | "refused") => ({ do: "consent", answer }) as const;
  const refusal = (line: Line, control: LineControl) => {
    const applied = applyControl(line, control, { userId: "ana" as never }, at);
    return applied.ok ? null : applied.error;
  };

  test("nothing is recorded before, and from then on it is, with who noted it", () => {
    const asked = talkUnder("needed");
    expect(refusal(asked, record)).toMatchObject({ code: "no-consent", message: expect.stringContaining("Ask before you record") }); // prettier-ignore
    const agreed = apply(asked, note("given"));
    expect(agreed.call).toMatchObject({ consent: "given", recordingWanted: "on" });
    expect(facts(agreed)).toEqual([{ type: "consent", how: "given", by: "ana" }]);
    expect(apply(agreed, note("given"))).toBe(agreed);
    for (const by of ["carrier", "speech"] as const) {
      const silent = changeCall(asked, { transcribedBy: transcriberOf(by, asked.call) });
      expect(silent.call.transcribedBy, "nor written down").toBe(`${by}-once-agreed`);
      const begun = apply(silent, note("given"));
      expect([begun.call.transcribedBy, begun.jobs.map(({ kind }) => kind)]).toEqual([
        by,
        ["listen", "settle"],
      ]);
    }
    expect(transcriberOf("nobody", asked.call)).toBe("nobody");
    expect(judgeLate(agreed, note("given"), "ana")).toMatchObject({ is: "goes-on" });
    expect(judgeLate(changeCall(agreed, { recording: "on" }), note("given"), "ana")).toEqual({ is: "done" });
  });

  test("nothing is ever recorded after a no, nor written down any more", () => {
    const refused = apply(talkUnder("needed"), note("refused"));
    expect(refused.jobs.map(({ kind }) => kind)).toContain("settle");
    expect(planSettlement(refused).map((step) => step.do)).toEqual(["stop-listening"]);
    expect(planSettlement(changeCall(refused, { transcribedBy: "nobody" }))).toEqual([]);
    expect(refused.call).toMatchObject({ consent: "refused", recordingWanted: "off" });
    expect(refusal(refused, record)).toMatchObject({ code: "no-consent" });
    expect(refusal(refused, note("given"))).toMatchObject({ code: "not-possible" });
  });

  test("nobody is asked where it is not", () => {
    for (const consent of ["unneeded", "told"] as const)
      expect(refusal(talkUnder(consent), note("given"))).toMatchObject({ code: "not-possible" });
  });
});
