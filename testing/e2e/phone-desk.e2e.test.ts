import { until } from "../processes/desk.ts";
import {
  askForDemoCall,
  doOnPhone,
  listCalls,
  phoneLevels,
  phoneState,
} from "../../shared/rpc/contract/phone.ts";
import type { PhoneState } from "../../shared/calls/phone.ts";
import { people } from "../../shared/rpc/contract/sync.ts";
import { openDesk } from "./desk-page.ts";
import { expect, test } from "./stage.ts";
import { withFakeMedia } from "./fake-media.ts";

// The whole way: desk and phone in a browser, replica, server and its simulated carrier, each in its own process.

test.use(withFakeMedia());

const phaseOf = ({ calls }: PhoneState) => calls[0]?.call.phase.phase;

test("a demo call rings Ana; reloading and crashing the desk leaves it up; it is complete on her desk afterwards", async ({
  stage,
  browser,
}) => {
  const { page, desk } = await openDesk(stage, browser);
  // As people do: a pop-up of the very page that crashes below.
  await page.getByRole("button", { name: "Turn the phone on" }).click();
  const client = await desk.openWindow();
  await until(client, phoneState, {}, ({ line }) => line.state === "ready");

  expect(await client.call(askForDemoCall, { caller: null })).toEqual({
    ok: true,
    value: { ok: true, value: {} },
  });
  const { calls } = await until(client, phoneState, {}, (state) =>
    state.calls.some(({ can }) => can.includes("answer")),
  );
  const callId = calls[0]?.callId ?? ("" as never);
  expect(await client.call(doOnPhone, { do: "answer", callId })).toEqual({ ok: true, value: { ok: true } });
  await until(client, phoneState, {}, (state) => phaseOf(state) === "live");

  const phases = new Set<string | undefined>();
  const stop = client.watch(phoneState, {}, (state) => phases.add(phaseOf(state)));
  const hear = () =>
    new Promise<void>((resolve) => {
      const stopHearing = client.onEvent(phoneLevels, ({ speaker }) => {
        if (speaker > 0.005) resolve(stopHearing());
      });
    });
  await hear();
  await page.reload();
  await hear();
  await page.goto("chrome://crash").catch(() => {});
  await hear();
  expect([...phases]).toEqual(["live"]);
  stop();
  await until(client, people, {}, ({ mine }) => mine === "busy");

  expect(await client.call(doOnPhone, { do: "hang-up", callId })).toEqual({ ok: true, value: { ok: true } });
  await until(client, phoneState, {}, (state) => phaseOf(state) === "wrap-up");
  expect(await client.call(doOnPhone, { do: "wrapped-up", callId })).toEqual({
    ok: true,
    value: { ok: true },
  });
  const input = { scope: "all", agent: "me", search: "", offset: 0, limit: 5 } as const;
  const { rows } = await until(
    client,
    listCalls,
    input,
    ({ rows: [first] }) => first?.line?.phase.phase === "ended",
  );
  expect(rows[0]).toMatchObject({ id: callId, direction: "inbound", endReason: "completed" });
  expect(rows[0]?.answeredAt).not.toBeNull();
  client.close();
});
