import { describe, expect, test } from "vitest";
import type { RecordId } from "../../../../shared/entities/id.ts";
import {
  answered,
  doings,
  ended,
  errorsOf,
  offer,
  one,
  opened,
  openPhone,
  place,
  recordOfDial,
  reportsOf,
  talk,
  two,
} from "../../../../testing/phone/stepped-phone.ts";

const permit = { callId: one, to: "+14155550142", from: "+14155550100", announce: false };

test("a way to the carrier is no answer: the record tells that they ring, and that they picked up", () => {
  const phone = openPhone();
  place(phone, one);
  expect(phone.phases()).toEqual(["dialling"]);
  expect(phone.shown().calls[0]?.can).toEqual(["hang-up", "mute"]);
  phone.tell({ type: "record", callId: one, call: recordOfDial("dialled", "ringing") });
  expect(phone.phases()).toEqual(["ringing"]);
  phone.tell({ type: "record", callId: one, call: recordOfDial("dialled", "ringing", "answered") });
  expect(phone.phases()).toEqual(["live"]);
  expect(phone.shown().calls[0]?.can).toContain("hold");
  phone.tell({ type: "held", callId: one, on: true });
  expect(phone.phases()).toEqual(["held"]);
  expect(reportsOf(phone.all)).toEqual(["requested"]);
});

test("who picked up before our own way to the carrier was open is heard once it is, and can be put on hold", () => {
  const phone = openPhone();
  phone.ask({ do: "dial", callId: one, to: "+14155550142", leadId: null });
  phone.tell({ type: "permitted", askId: "ask-1", permit });
  phone.tell(opened(one));
  phone.tell({ type: "record", callId: one, call: recordOfDial("dialled", "answered") });
  phone.tell(answered(one));
  expect(phone.phases()).toEqual(["live"]);
  phone.tell({ type: "held", callId: one, on: true });
  expect(phone.phases()).toEqual(["held"]);
  expect(reportsOf(phone.all)).toEqual(["requested"]);
});

test("a device that speaks to the other side itself hears the answer", () => {
  const phone = openPhone();
  place(phone, one, true);
  expect(phone.phases()).toEqual(["live"]);
  expect(reportsOf(phone.all)).toEqual(["requested", "answered"]);
});

test("a line that closes before anybody is known to have picked up is shown as that, and left for the carrier to tell", () => {
  const phone = openPhone();
  place(phone, one);
  const effects = phone.tell(ended(one));
  expect(phone.shown().calls[0]?.call.phase).toMatchObject({ why: "no-answer" });
  expect(reportsOf(effects)).toEqual([]);
});

const dial = { do: "dial", callId: one, to: "+14155550142", leadId: null } as const;

describe("a dial that the server has not permitted yet", () => {
  const asked = () => {
    const phone = openPhone();
    phone.ask(dial);
    return phone;
  };

  test("is shown at once, with nothing to be done to it but to end it", () => {
    const phone = asked();
    expect(phone.shown().calls).toMatchObject([
      {
        callId: one,
        number: dial.to,
        can: ["hang-up"],
        call: { direction: "outbound", phase: { phase: "new" } },
      },
    ]);
    expect(errorsOf(phone.ask({ do: "mute", callId: one, on: true }))).toEqual(["not-possible"]);
    phone.tell({ type: "permitted", askId: "ask-1", permit });
    expect(phone.phases()).toEqual(["dialling"]);
  });

  test("has the name of whose number it is, and so has the call that it becomes", () => {
    const phone = asked();
    const lead = { id: "lead-1" as RecordId, name: "Maria Kowalski", company: "Halden" };
    const named = { leadId: lead.id, name: lead.name, company: lead.company };
    phone.tell({ type: "named", callId: one, lead, byNumber: true });
    expect(phone.shown().calls[0]).toMatchObject(named);
    const told = phone.tell({ type: "permitted", askId: "ask-1", permit });
    expect(phone.shown().calls[0]).toMatchObject(named);
    // Whose call it is by its number is the server's to find out.
    expect(told).toContainEqual(
      expect.objectContaining({ events: [expect.objectContaining({ leadId: null })] }),
    );
  });

  test("is gone when a rule forbids it, and when it is ended", () => {
    const [forbidden, ended] = [asked(), asked()];
    const error = { code: "blocked", message: "They asked not to be called." } as const;
    forbidden.tell({ type: "refused", askId: "ask-1", error });
    ended.ask({ do: "hang-up", callId: one });
    expect([...forbidden.shown().calls, ...ended.shown().calls]).toEqual([]);
  });

  test.each([
    ["answers somebody else", { do: "answer", callId: two }],
    ["takes somebody off hold", { do: "hold", callId: two, on: false }],
  ] as const)(
    "is withdrawn by who %s meanwhile: two would be heard who do not hear each other",
    (_, other) => {
      const phone = openPhone();
      phone.tell(offer(two));
      if (other.do === "hold") {
        talk(phone, two);
        phone.tell({ type: "held", callId: two, on: true });
      }
      phone.ask(dial);
      const asks = phone.phone().permits.map(({ askId }) => askId);
      const effects = phone.ask(other);
      expect(effects).toContainEqual({ do: "reply", askId: asks[0], answer: { ok: true } });
      expect(doings(phone.tell({ type: "permitted", askId: asks[0] ?? "", permit }))).not.toContain(
        "connect",
      );
    },
  );
});

describe("who hangs up before the server has permitted the dial", () => {
  const hungUp = () => {
    const phone = openPhone();
    phone.ask(dial);
    const effects = phone.ask({ do: "hang-up", callId: one });
    expect(effects).toEqual(
      ["ask-1", "ask-2"].map((askId) => ({ do: "reply", askId, answer: { ok: true } })),
    );
    return phone;
  };

  test("has cancelled the call, which is not placed once it may be", () => {
    const phone = hungUp();
    const effects = phone.tell({ type: "permitted", askId: "ask-1", permit });
    expect(doings(effects)).not.toContain("connect");
    expect(doings(effects)).not.toContain("reply");
    expect(reportsOf(effects)).toEqual(["requested", "ended", "wrapped-up"]);
  });

  test("is free for others at once: the server, which waits for the dial, is told that none comes", () => {
    const effects = hungUp().tell({ type: "permitted", askId: "ask-1", permit });
    expect(effects).toContainEqual(
      expect.objectContaining({ do: "control", callId: one, control: { do: "hang-up" } }),
    );
  });

  test("has nothing to write down of it, long after they have gone on to something else", () => {
    const phone = hungUp();
    phone.tell({ type: "permitted", askId: "ask-1", permit });
    expect(phone.shown().calls).toEqual([]);
  });

  test("hears nothing of a refusal", () => {
    const error = { code: "blocked", message: "They asked not to be called." } as const;
    expect(hungUp().tell({ type: "refused", askId: "ask-1", error })).toEqual([]);
  });

  test("waits for the server with the next dial, and is told so", () => {
    const phone = hungUp();
    const [told] = phone.ask({ ...dial, callId: two });
    const message = "The dial before is being taken back: try again in a moment.";
    expect(told).toMatchObject({ answer: { ok: false, error: { code: "busy", message } } });
    phone.tell({ type: "permitted", askId: "ask-1", permit });
    expect(doings(phone.ask({ ...dial, callId: two }))).toEqual(["permit"]);
  });
});

test("who hangs up a call that is no longer here has what they wanted", () => {
  expect(openPhone().ask({ do: "hang-up", callId: one })).toMatchObject([{ answer: { ok: true } }]);
});

test("who hangs up before anybody picked up has cancelled, and says so", () => {
  const phone = openPhone();
  place(phone, one);
  phone.ask({ do: "hang-up", callId: one });
  expect(reportsOf(phone.tell(ended(one)))).toEqual(["ended"]);
  expect(phone.shown().calls[0]?.call.phase).toMatchObject({ why: "cancelled" });
});
