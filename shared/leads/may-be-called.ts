import type { Lead } from "../entities/lead.ts";

/** Whether anybody may advise to call them: there is a number, and they have not asked to be left alone. */
export function mayBeCalled({
  doNotCall,
  phone,
  phoneSecond,
}: Pick<Lead, "doNotCall" | "phone" | "phoneSecond">): boolean {
  return !doNotCall && (phone !== "" || phoneSecond !== "");
}
