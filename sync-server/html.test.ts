import { expect, test } from "vitest";
import { html } from "./html.ts";

test("what is put in is text, in attributes too", () => {
  const name = `<script>alert("x")</script> & 'co'`;
  const page = html`<p title="${name}">${name}</p>`.html;
  expect(page.match(/[<>"']/gu)?.join("")).toBe(`<""><>`);
  expect(page).toContain("&#60;script&#62;");
});

test("a piece of a page is put in as it is", () => {
  expect(html`<p>${html`<b>${"a<b"}</b>`}</p>`.html).toBe("<p><b>a&#60;b</b></p>");
});
