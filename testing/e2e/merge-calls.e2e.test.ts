import type { Locator, Page } from "@playwright/test";
import { signInAdmin } from "./admin-api.ts";
import {
  callButton,
  currentCall,
  customer,
  dial,
  dialAtAnyHour,
  expectHeard,
  findCarrier,
  third,
  turnPhoneOn,
} from "./at-the-phone.ts";
import { openDesk } from "./desk-page.ts";
import { playsAtOnce, withFakeMedia } from "./fake-media.ts";
import { expect, test } from "./stage.ts";

test.use(withFakeMedia(playsAtOnce));
test.use({ actionTimeout: 60_000 });
test.setTimeout(300_000);

// Through the screens themselves, with a real server and the simulated carrier.
test("a call on hold and the one beside it become a conference, in which the two hear each other; it is wrapped up once, and both are written down", async ({
  stage,
  browser,
}) => {
  await dialAtAnyHour(stage, "US");
  // No clock runs out on a slow machine.
  await (await signInAdmin(stage)).ask("PATCH", "/phone/rules", { wrapUpSeconds: 3_600 });
  const ana = (await openDesk(stage, browser)).page;
  await turnPhoneOn(ana);
  const carrier = await findCarrier(stage);
  for (const number of [customer, third]) await carrier.letAnswer(number);

  await dial(ana, customer);
  await expectHeard(ana);
  await callButton(ana, "Hold").click();
  await dial(ana, third);
  const first = rowOf(ana, "+1 914-555-0123");
  await expect(first).toContainText("On hold");
  await expect(callButton(ana, "Hold")).toBeEnabled();
  await expect(callButton(ana, "Recording")).toBeEnabled();
  const merge = first.getByRole("button", { name: "Merge" });
  await expect(merge).toBeEnabled();
  expect(await carrier.conferences()).toHaveLength(2);

  await test.step("they are in one conference, and hear each other while the agent is silent", async () => {
    await ana.keyboard.press("b");
    await expect(currentCall(ana)).toContainText("Conference of 3");
    await expect(currentCall(ana)).toContainText("+1 914-555-0123");
    await expect(ana.getByRole("list", { name: "Also in this call" })).toContainText("+1 914-555-0145");
    await expect(first).toBeHidden();
    await expect.poll(carrier.conferences).toEqual([expect.arrayContaining([customer, third])]);
    await callButton(ana, "Mute").click();
    for (const number of [customer, third]) await expect.poll(() => carrier.heardBy(number)).toBeGreaterThan(0.02); // prettier-ignore
    await callButton(ana, "Unmute").click();
    await expectHeard(ana);
  });

  await test.step("it ends for all of them, and is wrapped up once", async () => {
    await callButton(ana, "End").click();
    await expect.poll(carrier.connected).toEqual([]);
    const wrapUp = ana.getByRole("region", { name: "Wrap-up" });
    await expect(wrapUp).toContainText("+1 914-555-0123");
    await ana.getByRole("radio", { name: "Not a fit" }).click();
    await ana.getByRole("button", { name: "Finish wrap-up" }).click();
    await expect(wrapUp).toBeHidden();
  });

  await test.step("the other call says where it went on, and is written down by itself", async () => {
    await ana.getByRole("link", { name: "1 call to write down" }).click();
    const drawer = ana.getByRole("dialog", { name: "+1 914-555-0145" });
    await expect(drawer.getByRole("link", { name: "+1 914-555-0123" })).toBeVisible();
    await drawer.getByRole("radio", { name: "Not a fit" }).click();
    await expect(ana.getByRole("link", { name: /to write down/u })).toBeHidden();
  });
  carrier.close();
});

function rowOf(page: Page, name: string): Locator {
  return page.getByRole("group", { name: `Call with ${name}` });
}
