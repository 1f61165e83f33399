import { expect, test } from "vitest";
import { writeTwiml } from "../../providers/twilio/twiml.ts";
import { newCall } from "../begin-call.ts";
import { addLeg, lineOf, type LineCall } from "../line.ts";
import { scriptFor } from "../scripts.ts";

const at = new Date("2026-11-21T09:00:00.000Z");
const account = { webhookUrl: "https://ringside.example/hooks/a" } as Parameters<typeof writeTwiml>[0];
const mediaUrl = "wss://ringside.example/api/v1/media/ticket";

function begins(transcribedBy: LineCall["transcribedBy"], url: string | null, role: "customer" | "agent") {
  const call = { ...newCall({ tenantId: "t", accountId: "a", callId: "c", direction: "inbound", ours: "", theirs: "", startedAt: at }), transcribedBy }; // prettier-ignore
  const line = addLeg(lineOf(call, []), { id: "leg-1", role }, at);
  const [leg] = line.legs;
  return leg ? writeTwiml(account, scriptFor(line, leg, url)) : "";
}

test("the carrier writes down both sides of the customer's leg, with guesses", () => {
  expect(begins("carrier", mediaUrl, "customer")).toContain(
    '<Start><Transcription name="leg-1" statusCallbackUrl="https://ringside.example/hooks/a/transcription?leg=leg-1" track="both_tracks" partialResults="true"/></Start>',
  );
});

test("a tenant that wants it is listened to by us, or by the carrier where we cannot", () => {
  expect(begins("speech", mediaUrl, "customer")).toContain(
    `<Start><Stream name="leg-1" url="${mediaUrl}" track="both_tracks" statusCallback="https://ringside.example/hooks/a/stream?leg=leg-1"/></Start>`,
  );
  expect(begins("speech", null, "customer")).toContain("<Transcription");
});

test("nobody is heard twice, and where nobody is to listen nobody does", () => {
  expect(begins("speech", mediaUrl, "agent")).not.toContain("<Start>");
  for (const later of ["nobody", "carrier-once-agreed", "speech-once-agreed"] as const)
    expect(begins(later, mediaUrl, "customer")).not.toContain("<Start>");
});
