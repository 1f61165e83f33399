import { sameValue } from "../../../shared/sync/fields.ts";
import type { Replica } from "../replica.ts";
import type { Account } from "./account.ts";

/**
 * Tells of an account whose person has another name, role or team by now: an admin may change these while the desk is
 * open, and may have done so before it was opened.
 */
export function followPerson(
  { account, replica }: { account: Account; replica: Pick<Replica, "me" | "reads"> },
  changed: (account: Account) => void,
): void {
  let { person } = account;
  const look = () => {
    const { name, role, teamIds } = replica.me;
    const now = { ...person, name, role, teamIds: [...teamIds] as Account["person"]["teamIds"] };
    if (sameValue(now, person)) return;
    person = now;
    changed({ ...account, person });
  };
  // Ends with the replica.
  replica.reads.onChange(({ collection }) => {
    if (collection === "settings") look();
  });
  look();
}
