import { z } from "zod";

// What the console asks about the sound of a greeting; shared, because it makes the sound and the server checks it.

export const longestGreetingMs = 120_000;
export const GreetingId = z.string().regex(/^greeting:[a-z][a-z0-9-]{0,58}$/u);
/** PUT, GET and DELETE `audio/wav`. */
export const greetingSoundPath = (id: string): string => `/api/v1/greetings/${encodeURIComponent(id)}/sound`;
/** The key under which it is kept now. */
export const GreetingSound = z.strictObject({ sound: z.string() });
