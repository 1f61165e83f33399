import { expectSynced } from "./desk-page.ts";
import { expect, test } from "./stage.ts";

test.describe("a first start", () => {
  test.use({ isFirstStart: true });

  test("shows the desk signed in, and nothing breaks the page's rules", async ({ stage, page }) => {
    const complaints: string[] = [];
    page.on("console", (message) => {
      // React says that only where it was built for development.
      const isDevelopment = message.text().includes("React DevTools");
      if (message.type() === "error" || isDevelopment) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    const desk = await stage.openDesk();
    await page.goto(desk.address);
    await expect(page.getByText(/leads on this device/u)).toBeVisible();
    expect(new URL(page.url()).search).not.toContain("token");
    expect(complaints).toEqual([]);
  });
});

test("a browser without the token sees nothing of the desk; one whose replica is killed goes on by itself, with what it showed", async ({
  sharedStage: stage,
  page,
}) => {
  const desk = await stage.openDesk();
  const response = await page.goto(new URL("/", desk.address).href);
  expect(response?.status()).toBe(401);
  await expect(page.locator("#root")).toHaveCount(0);

  await page.goto(desk.address);
  await expectSynced(page);
  const leads = page.getByText(/[\d,]+ leads on this device/u);
  await expect(leads).toBeVisible();
  const before = await leads.innerText();
  const replica = desk.replicaPid();
  process.kill(replica, "SIGKILL");
  await expect(() => expect(desk.replicaPid()).not.toBe(replica)).toPass();
  await expect(leads).toHaveText(before);
  await expectSynced(page);
});
