import { escapeHtml } from "../shared/text/escape-html.ts";

/** What `html` has made; only this is put into another page as it is. */
export type Html = { readonly html: string };

/** A piece of a page: whatever is put in is text, unless it was made here. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | Html)[]): Html {
  const text = (value: string | Html | undefined) =>
    value === undefined ? "" : typeof value === "string" ? escapeHtml(value) : value.html;
  return { html: parts.map((part, at) => part + text(values[at])).join("") };
}
