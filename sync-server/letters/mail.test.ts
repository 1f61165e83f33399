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

test("a notice says what happened, and of no link that it works once", () => {
  const { kind: _, by: __, ...posted } = invitation;
  const says = ["On 22 November 2026: $60.00, where $1.00 a day is usual."];
  const unusual = writeMail({ ...posted, kind: "unusual-use", says });
  expect(unusual.subject).toBe(`Unusual use of AI at North & "Gate" <Ltd>`);
  expect(unusual.text).toContain(`${says[0]}\n\nSee who used what:\n${invitation.link}`);
  expect(unusual.html).toContain(`<p>${says[0]}</p>`);
  const refused = writeMail({ ...posted, tenant: null, kind: "key-refused", says });
  expect([refused.fromName, refused.subject]).toEqual(["Ringside", "An AI key is refused"]);
  const passedOver = writeMail({ ...posted, kind: "key-passed-over", says });
  expect(passedOver.subject).toBe(`An AI key is refused at North & "Gate" <Ltd>, and other models answer`);
  expect(passedOver.text).toContain("Nobody's work has stopped");
  expect(refused.text).not.toContain("Nobody's work");
  expect(unusual.text + refused.text).not.toContain("works once");
});
