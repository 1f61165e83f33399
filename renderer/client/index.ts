export { connectClient } from "../../shared/rpc/client.ts";
export type { Client, Connection } from "../../shared/rpc/client.ts";
export { findPipe } from "./find-pipe.ts";
export { ClientProvider, skip, useClient, useCommand, useConnection, useEvent, useLive } from "./hooks.tsx";
export type { Live } from "./hooks.tsx";
export { type Directory, type Term } from "./directory.ts";
export { fieldText } from "./field-text.ts";
export { useDirectory } from "./use-directory.ts";
export { useEdits, type EditsApi } from "./use-edits.ts";
