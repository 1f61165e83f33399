const mayOpen = new Set(["https:", "mailto:", "tel:"]);

/** The address to hand to another program, normalised; null for anything that must not leave the desk. */
export function checkExternalUrl(text: string): string | null {
  const url = URL.parse(text);
  if (!url || !mayOpen.has(url.protocol)) return null;
  // Credentials in a link are there to deceive the person who reads it.
  if (url.username !== "" || url.password !== "") return null;
  return url.href;
}
