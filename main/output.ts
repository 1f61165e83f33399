/** One line for whoever started the desk. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** One line for whoever looks for the cause of something. */
export function log(line: string): void {
  process.stderr.write(`${new Date().toISOString()} main: ${line}\n`);
}
