import { registerHooks } from "node:module";

// Runs first in a process that takes the place of Electron's binary: what it runs finds itself in Electron, and the
// stand-in where it imports that.
const electron = new URL("module.ts", import.meta.url).href;
Object.defineProperty(process, "versions", { value: { ...process.versions, electron: "0.0.0" } });
registerHooks({
  resolve: (name, context, next) =>
    name === "electron" ? { url: electron, shortCircuit: true } : next(name, context),
});
