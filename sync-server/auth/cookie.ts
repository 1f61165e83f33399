const name = "ringside_session";
const providerName = "ringside_provider";

/**
 * The cookie of a browser's session. `SameSite=Strict` keeps other sites from sending it; `requireSameOrigin`
 * checks that again for every request that changes something.
 * @param expiresAt in the past = removes it
 */
export function cookieOf(token: string, secure: boolean, expiresAt: Date): string {
  const parts = [
    `${name}=${token}`,
    "Path=/",
    "HttpOnly",
    "SameSite=Strict",
    `Expires=${expiresAt.toUTCString()}`,
  ];
  return (secure ? [...parts, "Secure"] : parts).join("; ");
}

/**
 * Ties a sign-in at a provider to the browser that began it. `Lax`, as it is needed when the provider sends the browser
 * back; it opens nothing by itself.
 */
export function providerCookieOf(text: string, path: string, secure: boolean, expiresAt: Date): string {
  const parts = [
    `${providerName}=${text}`,
    `Path=${path}`,
    "HttpOnly",
    "SameSite=Lax",
    `Expires=${expiresAt.toUTCString()}`,
  ];
  return (secure ? [...parts, "Secure"] : parts).join("; ");
}

/** @returns the token that a `Cookie` header carries, if any */
export function sessionCookie(header: string | undefined): string | null {
  return cookieNamed(name, header);
}

export function providerCookie(header: string | undefined): string | null {
  return cookieNamed(providerName, header);
}

function cookieNamed(wanted: string, header: string | undefined): string | null {
  if (header === undefined || header.length > 8_192) return null;
  for (const part of header.split(";")) {
    const equals = part.indexOf("=");
    if (equals > 0 && part.slice(0, equals).trim() === wanted) return part.slice(equals + 1).trim();
  }
  return null;
}
