import { html, type Html } from "../../html.ts";
import { pagesPath } from "./deps.ts";

// What somebody sees in their browser when a provider has sent them back. No script: these pages have nothing to run.

export type Confirmation = { confirm: string; code: string; deskName: string; person: string };

/** Asks whether the desk that is about to be let in is the person's own. */
export function confirmPage({ confirm, code, deskName, person }: Confirmation): string {
  return page(
    "Is this your desk?",
    html`<p>${person} is about to be signed in to Ringside on <b>${deskName}</b>, which shows this code:</p>
      <p class="code">${code}</p>
      <p class="small">
        If your desk shows another code, or if somebody sent you here, say no: you would let them in.
      </p>
      <form method="post" action="${pagesPath}/confirm">
        <input type="hidden" name="confirm" value="${confirm}" />
        <button name="theirs" value="yes" class="primary">Yes, sign in there</button>
        <button name="theirs" value="no">No</button>
      </form>`,
  );
}

export function donePage(isTheirs: boolean): string {
  return isTheirs
    ? page("You are signed in", html`<p>Your desk opens. You can close this tab.</p>`)
    : page(
        "Nobody was signed in",
        html`<p>You can close this tab. Whoever began this sign-in was not let in.</p>`,
      );
}

/** @param way back, where there is one */
export function troublePage(message: string, back: string | null): string {
  const way = back === null ? html`` : html`<p><a href="${back}">Back to sign-in</a></p>`;
  return page(
    "You were not signed in",
    html`<p>${message}</p>
      ${way}`,
  );
}

function page(title: string, content: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Ringside</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <main>
          <section>
            <h1>${title}</h1>
            ${content}
          </section>
        </main>
      </body>
    </html>`.html;
}

/** The tokens of the design (renderer/ui/tokens.css), as far as these pages need them. */
const style: Html = {
  html: `
:root { color-scheme: light dark; --bg: #f6f5f2; --raised: #fff; --sunken: #efede9; --line: #d8d4cd; --ink: #1d1b18;
  --ink-2: #57534c; --accent: #3a4fc4; --fill: #3f55cd; --on: #fff;
  --shadow: 0 0 0 1px rgb(29 27 24 / 8%), 0 2px 4px rgb(29 27 24 / 5%), 0 12px 32px rgb(29 27 24 / 14%); }
@media (prefers-color-scheme: dark) {
  :root { --bg: #121211; --raised: #212120; --sunken: #262524; --line: #3a3835; --ink: #eeece8; --ink-2: #b3afa7;
    --accent: #a3b1ff; --fill: #5268de; --shadow: 0 0 0 1px rgb(255 255 255 / 9%), 0 12px 32px rgb(0 0 0 / 55%); }
}
* { box-sizing: border-box; margin: 0; }
body { background: var(--bg); color: var(--ink); font: 400 13px/20px Inter, system-ui, "Segoe UI", sans-serif; }
main { display: grid; min-height: 100vh; padding: 24px; place-items: center; }
section { display: flex; flex-direction: column; gap: 16px; width: min(400px, 100%); padding: 24px; border-radius: 10px;
  background: var(--raised); box-shadow: var(--shadow); overflow-wrap: anywhere; }
h1 { font: 600 18px/24px Inter, system-ui, sans-serif; letter-spacing: -0.015em; }
b { font-weight: 500; }
a { color: var(--accent); }
.small { color: var(--ink-2); font-size: 12px; line-height: 16px; }
.code { padding: 12px; border-radius: 6px; background: var(--sunken); font-size: 24px; font-weight: 600; line-height: 28px;
  letter-spacing: 0.08em; text-align: center; font-variant-numeric: tabular-nums; }
form { display: flex; gap: 8px; }
button { flex: 1; height: 32px; border: 1px solid var(--line); border-radius: 6px; background: var(--raised);
  color: var(--ink); font: inherit; font-weight: 500; cursor: pointer; }
button.primary { border-color: var(--fill); background: var(--fill); color: var(--on); }
:focus-visible { outline: 2px solid var(--fill); outline-offset: 2px; }`,
};
