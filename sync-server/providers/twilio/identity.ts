/** Twilio takes letters, digits and underscores for a client's name: all else becomes `_` and its code in six digits. */
export function identityOf(userId: string): string {
  return userId.replaceAll(/[^A-Za-z0-9]/gu, (character) =>
    [...character].map((unit) => `_${(unit.codePointAt(0) ?? 0).toString(16).padStart(6, "0")}`).join(""),
  );
}

/** @returns null for what `identityOf` has not made */
export function userIdOf(identity: string): string | null {
  if (!/^(?:[A-Za-z0-9]|_[0-9a-f]{6})+$/u.test(identity)) return null;
  return identity.replaceAll(/_([0-9a-f]{6})/gu, (_, code: string) => {
    const point = Number.parseInt(code, 16);
    return point <= 0x10_ff_ff ? String.fromCodePoint(point) : "";
  });
}
