import { describeCarrier } from "../../../testing/contracts/carrier.ts";
import {
  account,
  applicationSid,
  ownNumber,
  startTestSimulator,
} from "../../../testing/simulator/start-test-simulator.ts";
import { openLine } from "./line.ts";

const number = "+14155550123";
const { sid, apiKeySid, authToken, apiKeySecret } = account;

describeCarrier("Twilio, at the simulated carrier", async () => {
  const carrier = await startTestSimulator({ steppedClock: true });
  await carrier.control("PUT", `/outcomes/${number}`, { kind: "answers", afterMs: 1_000, stays: true });
  carrier.webhooks.answers.set("/hooks/wait", () => "<Response><Pause length='600'/></Response>");
  const open = (secret: string) =>
    openLine(
      {
        ...{ tenantId: "tenant-1", id: "account-1", provider: "simulator", numbers: [ownNumber] },
        config: { accountSid: sid, apiKeySid, applicationSid, edge: null },
        credentials: { authToken, apiKeySecret: secret },
        webhookUrl: `${carrier.webhooks.url}/hooks`,
      },
      carrier.url,
    );
  let isUp = true;
  const goDown = async () => {
    if (isUp) await carrier.close();
    isUp = false;
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
    goDown,
    close: goDown,
  };
});
