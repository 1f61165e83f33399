import { readFileSync } from "node:fs";

/** All threads of a process together, in ms; Linux counts in hundredths of a second. */
export function processorMs(pid: number | undefined): number {
  const [, counts = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
  const [user, system] = counts.split(" ").slice(11, 13);
  return (Number(user) + Number(system)) * 10;
}
