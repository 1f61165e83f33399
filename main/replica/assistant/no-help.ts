/** Why the server was of no help, in one sentence. */
export type NoHelp = string;

export const unreachable: NoHelp = "The server cannot be reached.";
export const signedOut: NoHelp = "Nobody is signed in on the server.";

/** Longer than the server gives a model: its own answer in time is the better one. */
export const timeoutMs = 45_000;
