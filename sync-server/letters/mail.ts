import type { Letter } from "../auth/index.ts";
import { html } from "../html.ts";

/** What a mail program shows of a letter. */
export type Mail = { fromName: string; subject: string; text: string; html: string };

type Words = { subject: string; greeting: string; deed: string; otherwise: string };

/** A letter in the name of its organisation, as plain text and as a page that asks for nothing from anywhere. */
export function writeMail(letter: Letter): Mail {
  const { subject, greeting, deed, otherwise } = wordsOf(letter);
  const until = `The link works once, until ${sayTime(letter.expiresAt)}.`;
  return {
    fromName: letter.tenant ? `${letter.tenant.name} (Ringside)` : "Ringside",
    subject,
    text: [greeting, "", `${deed}:`, letter.link, "", until, otherwise, ""].join("\n"),
    html: html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="color-scheme" content="light dark" />
          <title>${subject}</title>
        </head>
        <body style="margin: 0; padding: 24px; font: 15px/22px system-ui, sans-serif">
          <div style="max-width: 520px">
            <p>${greeting}</p>
            <p style="margin: 24px 0">
              <a
                href="${letter.link}"
                style="padding: 9px 16px; border-radius: 6px; background: #3f55cd; color: #ffffff; text-decoration: none"
                >${deed}</a
              >
            </p>
            <p>${until} ${otherwise}</p>
            <p style="font-size: 12px; line-height: 16px">
              If the button does nothing, open this address: <br /><a href="${letter.link}">${letter.link}</a>
            </p>
          </div>
        </body>
      </html>`.html,
  };
}

function wordsOf({ kind, tenant, by, to }: Letter): Words {
  if (kind === "password-reset") {
    return {
      subject: "A new password for Ringside",
      greeting: `Somebody, most likely you, has asked for a new password of ${to} for Ringside.`,
      deed: "Choose a new password",
      otherwise: "If it was not you, nothing has changed: leave this letter be.",
    };
  }
  const organisation = tenant?.name ?? "an organisation";
  return {
    subject: `${organisation} invites you to Ringside`,
    greeting: `${by ?? "An admin"} invites you to work with ${organisation} in Ringside.`,
    deed: "Join",
    otherwise: "If you expected no invitation, leave this letter be.",
  };
}

/** Whoever reads it may live anywhere. */
function sayTime(at: Date): string {
  return `${new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" }).format(at)} UTC`;
}
