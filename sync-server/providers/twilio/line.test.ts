import { vi } from "vitest";
import { describeCarrier, type CarrierUnderTest } from "../../../testing/contracts/carrier.ts";
import {
  account,
  applicationSid,
  ownNumber,
  startTestSimulator,
} from "../../../testing/simulator/start-test-simulator.ts";
import { openLine } from "./line.ts";

const number = "+14155550123";
const { sid, apiKeySid, authToken, apiKeySecret } = account;

// The line of the simulator is told where its carrier is. Twilio's knows only Twilio's own address, which is led there
// by what stands for the network here. A company's own exchange has no line that a server could steer (../sip).
describeCarrier("the simulator", () => openUnder("simulator"));
describeCarrier("Twilio", () => openUnder("twilio"));

async function openUnder(provider: "simulator" | "twilio"): Promise<CarrierUnderTest> {
  const carrier = await startTestSimulator({ steppedClock: true });
  await carrier.control("PUT", `/outcomes/${number}`, {
    ...{ kind: "answers", afterMs: 1_000, stays: true, mode: "straight" },
    lines: [
      { speaker: "customer", startMs: 500, text: "First." },
      { speaker: "customer", startMs: 20_500, text: "Last." },
    ],
  });
  carrier.webhooks.answers.set("/hooks/wait", () => "<Response><Pause length='600'/></Response>");
  const open = (secret: string) =>
    openLine(
      {
        ...{ tenantId: "tenant-1", id: "account-1", provider, numbers: [ownNumber] },
        config: { accountSid: sid, apiKeySid, applicationSid, edge: null },
        credentials: { authToken, apiKeySecret: secret },
        webhookUrl: `${carrier.webhooks.url}/hooks`,
      },
      provider === "twilio" ? null : carrier.url,
    );
  if (provider === "twilio") leadTwilio(carrier.url);
  let isUp = true;
  const goDown = async () => {
    if (isUp) await carrier.close();
    isUp = false;
  };
  const close = async () => {
    await goDown();
    vi.unstubAllGlobals();
  };
  return {
    line: await open(apiKeySecret),
    forged: await open("another secret than the account's"),
    from: ownNumber,
    number,
    passTime: async (stepMs) => void (await carrier.control("POST", "/clock", { stepMs })),
    recordings: () =>
      carrier.webhooks
        .of("/hooks/recording")
        .filter((one) => one["RecordingStatus"] === "completed")
        .map((one) => one["RecordingSid"] ?? ""),
    sentences: (legId) =>
      carrier.webhooks
        .of("/hooks/transcription")
        .filter((one) => one["TranscriptionEvent"] === "transcription-content" && one["leg"] === legId)
        .map((one) => readSentence(one["TranscriptionData"])),
    goDown,
    close,
  };
}

function readSentence(told = "{}"): string {
  return (JSON.parse(told) as { transcript: string }).transcript;
}

function leadTwilio(url: string): void {
  const direct = globalThis.fetch;
  vi.stubGlobal("fetch", (to: string | URL, request?: RequestInit) =>
    direct(String(to).replace("https://api.twilio.com", url), request),
  );
}
