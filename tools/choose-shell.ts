import { findElectron } from "./electron.ts";

/** Null = the localhost shell. Says in one line which shell it is and how to get the other. */
export function chooseElectron(
  shell: string | undefined,
  command: "npm start" | "npm run dev",
): string | null {
  if (shell !== undefined && shell !== "electron" && shell !== "localhost") {
    throw new Error(`There is no shell called ${shell}: electron or localhost.`);
  }
  const electron = findElectron();
  if (shell === "electron" && !electron) {
    throw new Error("Electron's binary is not installed: npx install-electron fetches it.");
  }
  const chosen = shell === "localhost" ? null : electron;
  if (chosen)
    console.log(`Shell: Electron (${command} -- --shell=localhost shows the desk in a browser instead).`);
  else if (electron) console.log(`Shell: localhost (${command} without --shell uses Electron).`);
  else
    console.log(
      "Shell: localhost, in your browser (npx install-electron fetches Electron, used from then on).",
    );
  return chosen;
}
