import { formatPhone } from "../phone/format-phone.ts";
import type { PhoneCall } from "./phone.ts";

/** Who is at the other end, as far as it is known. */
export function callerName({ name, number }: Pick<PhoneCall, "name" | "number">): string {
  return name || formatPhone(number) || "Unknown caller";
}
