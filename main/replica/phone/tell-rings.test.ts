import { expect, test } from "vitest";
import { phoneOff, type PhoneState } from "../../../shared/calls/phone.ts";
import { tellRings } from "./tell-rings.ts";

const rings = { pending: null, monitoring: null };
const callIn = (callId: string, name: string, can: string[]): PhoneState["calls"][number] =>
  ({ callId, name, company: "Tidewater Bank", number: "+13125550147", can, ...rings }) as never;

test("who rings is told once, and taken back when they ring no more", () => {
  const told: string[] = [];
  const { onPhone, close } = tellRings({
    notify: async ({ tag, title, body, rings }) => void told.push(`${tag} ${title} (${body}) ${rings}`),
    takeBack: async (tag) => void told.push(`${tag} is over`),
  });
  const tell = (...calls: PhoneState["calls"]) => {
    told.length = 0;
    onPhone({ ...phoneOff, calls });
    return told.slice();
  };
  const anna = callIn("a", "Anna Kowalska", ["answer", "decline"]);
  expect(tell(anna)).toEqual(["call.a Call: Anna Kowalska (Tidewater Bank, +1 312-555-0147) true"]);
  expect(tell(anna)).toEqual([]);
  expect(tell({ ...anna, name: "" })).toEqual(["call.a Call: +1 312-555-0147 (Tidewater Bank) true"]);
  const withheld = { ...anna, name: "", company: "", number: "" };
  expect(tell(withheld)).toEqual(["call.a Call: Unknown caller () true"]);
  expect(tell(callIn("a", "", ["hang-up"]), callIn("b", "Ben", ["answer"]))).toEqual([
    "call.a is over",
    "call.b Call: Ben (Tidewater Bank, +1 312-555-0147) true",
  ]);
  told.length = 0;
  close();
  expect(told).toEqual(["call.b is over"]);
});

test("what one asked for oneself, or answers already, is told to nobody; a colleague's question to join them is", () => {
  const told: string[] = [];
  const { onPhone } = tellRings({
    notify: async ({ title }) => void told.push(title),
    takeBack: async (tag) => void told.push(`${tag} is over`),
  });
  const tell = (call: PhoneState["calls"][number]) => onPhone({ ...phoneOff, calls: [call] });
  const anna = callIn("a", "Anna", ["answer", "decline"]);
  tell({ ...anna, monitoring: "listen", pending: "answer" });
  tell({ ...anna, monitoring: "whisper" });
  expect(told).toEqual([]);
  tell({ ...anna, monitoring: "party" });
  tell({ ...anna, monitoring: "party", pending: "answer" });
  expect(told).toEqual(["Call: Anna", "call.a is over"]);
});

test("a desktop that shows nothing is left alone", async () => {
  const gone = () => Promise.reject(new Error("no notifications"));
  const { onPhone, close } = tellRings({ notify: gone, takeBack: gone });
  onPhone({ ...phoneOff, calls: [callIn("a", "Anna", ["answer"])] });
  close();
  await new Promise((resolve) => setImmediate(resolve));
});
