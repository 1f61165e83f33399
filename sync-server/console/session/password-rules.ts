import { Password } from "../../../shared/sync/session-wire.ts";

/** What is wrong with a new password, or null. */
export function passwordTrouble(password: string): string | null {
  if (Password.safeParse(password).success) return null;
  return password.length > 128 ? "128 characters at most." : `${12 - password.length} more characters.`;
}
