import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isOver } from "../../../../shared/calls/call.ts";
import type { EndReason } from "../../../../shared/calls/call-event.ts";
import { PhoneState, type PhoneCommand } from "../../../../shared/calls/phone.ts";
import type { UserId } from "../../../../shared/entities/id.ts";
import type { PhoneEffect, PhoneEvent } from "./model.ts";
import {
  type TestPhone,
  ana,
  ended,
  offer,
  one,
  openPhone,
  opened,
  takenBy,
  two,
} from "../../../../testing/phone/stepped-phone.ts";

describe("whatever happens in whatever order", () => {
  const callId = fc.constantFrom(one, two);
  const target = fc.constantFrom(
    { kind: "agent" as const, userId: ana },
    { kind: "agent" as const, userId: "ben" as UserId },
    { kind: "number" as const, number: "+14155550142" },
  );
  const command: fc.Arbitrary<PhoneCommand> = fc.oneof(
    fc.record({
      do: fc.constant("dial" as const),
      callId,
      to: fc.constantFrom("+14155550142", "x"),
      leadId: fc.constant(null),
    }),
    fc.record({ do: fc.constantFrom("answer" as const, "decline" as const, "hang-up" as const), callId }),
    fc.record({ do: fc.constantFrom("mute" as const, "hold" as const), callId, on: fc.boolean() }),
    fc.record({ do: fc.constant("dtmf" as const), callId, digits: fc.constant("1") }),
    fc.record({
      do: fc.constant("transfer" as const),
      callId,
      target,
      mode: fc.constantFrom("blind" as const, "warm" as const),
    }),
    fc.record({
      do: fc.constantFrom("complete-transfer" as const, "cancel-transfer" as const, "wrapped-up" as const),
      callId,
    }),
    fc.record({ do: fc.constant("add-party" as const), callId, target }),
    fc.record({ do: fc.constant("merge" as const), callId, with: callId }),
    fc.record({ do: fc.constant("drop-party" as const), callId, partyId: fc.constant("p") }),
    fc.record({
      do: fc.constant("record" as const),
      callId,
      state: fc.constantFrom("on" as const, "paused" as const),
    }),
    fc.record({ do: fc.constant("extend-wrap-up" as const), callId, byMs: fc.constant(60_000) }),
    fc.record({
      do: fc.constant("monitor" as const),
      callId,
      role: fc.constantFrom("listen" as const, "barge" as const),
    }),
    fc.constantFrom({ do: "test" as const }, { do: "retry" as const }),
  );
  const event: fc.Arbitrary<PhoneEvent> = fc.oneof(
    callId.map(offer),
    callId.map(opened),
    fc.record({
      type: fc.constantFrom("ringing" as const, "answered" as const, "broken" as const, "mended" as const),
      callId,
    }),
    fc
      .tuple(callId, fc.constantFrom<EndReason>("completed", "dropped", "busy", "cancelled"))
      .map(([id, why]) => ended(id, why)),
    fc.record({
      type: fc.constant("offer-gone" as const),
      callId,
      why: fc.constantFrom("cancelled" as const, "answered-elsewhere" as const),
    }),
    fc.record({ type: fc.constant("held" as const), callId, on: fc.boolean() }),
    fc.record({
      type: fc.constant("record" as const),
      callId,
      call: fc.constantFrom(takenBy("ben"), takenBy("ana")),
    }),
    fc.record({
      type: fc.constant("due" as const),
      what: fc.constantFrom("wrap-up" as const, "forget" as const),
      callId,
    }),
  );
  const happening = fc.oneof(
    command.map((asked) => ({ asked })),
    event.map((told) => ({ told })),
  );

  test("each ask is replied to once, the ring follows the offers, and what is over stays over", () => {
    const seen = { replies: 0, rings: 0, over: 0 };
    fc.assert(
      fc.property(fc.array(happening, { minLength: 20, maxLength: 80, size: "max" }), (story) => {
        const phone = openPhone();
        const over = new Set<string>();
        let dials: PhoneEffect[] = [];
        for (const step of story) {
          const effects = "asked" in step ? phone.ask(step.asked) : phone.tell(step.told);
          // The server takes its time over a dial: something else happens first.
          settleAsks(phone, [...dials, ...effects.filter(({ do: what }) => what !== "permit")]);
          dials = effects.filter(({ do: what }) => what === "permit");
          PhoneState.parse(phone.shown());
          for (const { callId: id, call } of phone.shown().calls) {
            if (over.has(id)) expect(isOver(call)).toBe(true);
            if (isOver(call)) over.add(id);
          }
          // One that left the list may be given back later by the carrier.
          for (const id of over) if (!phone.phone().calls.some((call) => call.callId === id)) over.delete(id);
          seen.over += over.size;
        }
        settleAsks(phone, dials);
        const replied = phone.all.flatMap((effect) => (effect.do === "reply" ? [effect.askId] : []));
        const own = replied.filter((askId) => askId.startsWith("ask-"));
        expect(new Set(own).size).toBe(own.length);
        expect(own.length).toBe(story.filter((step) => "asked" in step).length);
        const rings = phone.all.flatMap((effect) => (effect.do === "ring" ? [effect.on] : []));
        rings.forEach((on, index) => expect(on).toBe(index % 2 === 0));
        seen.replies += own.length;
        seen.rings += rings.length;
      }),
      { numRuns: 400 },
    );
    expect(Math.min(seen.replies, seen.rings, seen.over)).toBeGreaterThan(100);
  });

  /** Carries out what waits for an outcome: half of it works. */
  function settleAsks(phone: TestPhone, effects: PhoneEffect[]): void {
    for (const effect of effects) {
      if (effect.do === "reply" || !("askId" in effect)) continue;
      const works = effect.askId.length % 2 === 0;
      if (effect.do === "permit" && works) {
        const permit = { callId: effect.callId, to: effect.to, from: "+14155550199", announce: false };
        settleAsks(phone, phone.tell({ type: "permitted", askId: effect.askId, permit }));
      } else if (works) phone.tell({ type: "done", askId: effect.askId });
      else {
        const error = { code: "failed" as const, message: "The carrier said no." };
        phone.tell({ type: "refused", askId: effect.askId, error });
      }
    }
  }
});
