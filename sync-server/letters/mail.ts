import type { Letter, Notice, WayIn } from "../auth/index.ts";
import { html } from "../html.ts";

/** What a mail program shows of a letter. */
export type Mail = { fromName: string; subject: string; text: string; html: string };

/** `says`: paragraphs before the button; `otherwise` stands behind it. */
type Words = { subject: string; says: readonly string[]; deed: string; otherwise: string };

/** A letter in the name of its organisation, as plain text and as a page that asks for nothing from anywhere. */
export function writeMail(letter: Letter): Mail {
  const { subject, says, deed, otherwise } = "says" in letter ? wordsOfNotice(letter) : wordsOfWayIn(letter);
  const paragraphs = { html: says.map((one) => html`<p>${one}</p>`.html).join("") };
  return {
    fromName: letter.tenant ? `${letter.tenant.name} (Ringside)` : "Ringside",
    subject,
    text: [...says.flatMap((one) => [one, ""]), `${deed}:`, letter.link, "", otherwise, ""].join("\n"),
    html: html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="color-scheme" content="light dark" />
          <title>${subject}</title>
        </head>
        <body style="margin: 0; padding: 24px; font: 15px/22px system-ui, sans-serif">
          <div style="max-width: 520px">
            ${paragraphs}
            <p style="margin: 24px 0">
              <a
                href="${letter.link}"
                style="padding: 9px 16px; border-radius: 6px; background: #3f55cd; color: #ffffff; text-decoration: none"
                >${deed}</a
              >
            </p>
            <p>${otherwise}</p>
            <p style="font-size: 12px; line-height: 16px">
              If the button does nothing, open this address: <br /><a href="${letter.link}">${letter.link}</a>
            </p>
          </div>
        </body>
      </html>`.html,
  };
}

function wordsOfWayIn({ kind, tenant, by, to, expiresAt }: WayIn): Words {
  const until = `The link works once, until ${sayTime(expiresAt)}.`;
  if (kind === "password-reset") {
    return {
      subject: "A new password for Ringside",
      says: [`Somebody, most likely you, has asked for a new password of ${to} for Ringside.`],
      deed: "Choose a new password",
      otherwise: `${until} If it was not you, nothing has changed: leave this letter be.`,
    };
  }
  const organisation = tenant?.name ?? "an organisation";
  return {
    subject: `${organisation} invites you to Ringside`,
    says: [`${by ?? "An admin"} invites you to work with ${organisation} in Ringside.`],
    deed: "Join",
    otherwise: `${until} If you expected no invitation, leave this letter be.`,
  };
}

function wordsOfNotice({ kind, tenant, says }: Notice): Words {
  const at = tenant === null ? "" : ` at ${tenant.name}`;
  if (kind === "unusual-use") {
    return {
      subject: `Unusual use of AI${at}`,
      says: [`AI models were used much more than usual${at}.`, ...says],
      deed: "See who used what",
      otherwise:
        "You are told of such a day once. How much may be used is set on the console's page of AI limits.",
    };
  }
  const isPassedOver = kind === "key-passed-over";
  return {
    subject: `An AI key is refused${at}${isPassedOver ? ", and other models answer" : ""}`,
    says: [
      `A provider of AI models lets us in no more${at}.`,
      ...says,
      ...(isPassedOver ? ["Nobody's work has stopped: other models answered whatever it was asked."] : []),
    ],
    deed: "Open the models",
    otherwise: isPassedOver
      ? "What they answer may cost more. You are told once, and once a day if Ringside's own rules have to answer."
      : "You are told once a day, for as long as it is refused.",
  };
}

/** Whoever reads it may live anywhere. */
function sayTime(at: Date): string {
  return `${new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" }).format(at)} UTC`;
}
