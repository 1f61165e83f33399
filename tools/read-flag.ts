/** A setting that is `true` or `false`, as the server's are; unset or empty = false. */
export function readFlag(name: string, environment: NodeJS.ProcessEnv = process.env): boolean {
  const value = environment[name] ?? "";
  if (value === "true") return true;
  if (value === "false" || value === "") return false;
  throw new Error(`${name} must be true or false, not ${value}`);
}
