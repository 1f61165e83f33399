/** An e-mail as it is written by models and rules: `Subject: …`, an empty line, and the rest. Half of it will do. */
export function splitEmail(text: string): { subject: string; body: string } {
  const found = /^\s*Subject:[ \t]*(.*)(?:\r?\n|$)/iu.exec(text);
  if (!found) return { subject: "", body: text.trimStart() };
  return { subject: (found[1] ?? "").trim(), body: text.slice(found[0].length).trimStart() };
}

export function joinEmail({ subject, body }: { subject: string; body: string }): string {
  return `Subject: ${subject}\n\n${body}`;
}

/** Opens the person's own mail program. Longer addresses than that are cut off by some: the body is then left out. */
const longestAddress = 8_000;

export function mailtoOf(to: string, { subject, body }: { subject: string; body: string }): string {
  const head = `mailto:${encodeURIComponent(to).replaceAll("%40", "@")}?subject=${encodeURIComponent(subject)}`;
  const whole = `${head}&body=${encodeURIComponent(body.replaceAll(/\r?\n/gu, "\r\n"))}`;
  return whole.length > longestAddress ? head : whole;
}
