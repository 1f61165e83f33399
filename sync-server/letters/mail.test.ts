import { expect, test } from "vitest";
import { writeMail } from "./mail.ts";

const invitation = {
  kind: "invitation" as const,
  to: "nadia@northgate.example",
  link: "https://ringside.example/console/invitation/abc",
  expiresAt: new Date("2026-11-28T18:00:00.000Z"),
  tenant: { id: "t", name: `North & "Gate" <Ltd>` },
  by: "Grace",
};

test("an invitation comes in the name of its organisation, and says until when it is good", () => {
  const { fromName, subject, text } = writeMail(invitation);
  expect(fromName).toBe(`North & "Gate" <Ltd> (Ringside)`);
  expect(subject).toBe(`North & "Gate" <Ltd> invites you to Ringside`);
  expect(text).toContain(invitation.link);
  expect(text).toMatch(/once, until 28 November 2026(?: at|,) 18:00 UTC\./u);
});

test("what people have named stands in the page as text", () => {
  const { html } = writeMail(invitation);
  expect(html).toContain("North &#38; &#34;Gate&#34; &#60;Ltd&#62;");
  expect(html).not.toContain("<Ltd>");
  expect(html.match(/href="([^"]+)"/gu)).toEqual(Array(2).fill(`href="${invitation.link}"`));
});
