/** Where one thing ends and another begins, in ms. Each is argued in docs/metrics.md. */

/** A pause between two words of one speaker up to so long belongs to their speech. */
export const bridgeMs = 200;
/** Two who begin within so long of each other begin at once: nobody interrupts. */
export const atOnceMs = 200;
/** Talking at once for less is how turns change hands, not an interruption. */
export const interruptionMs = 300;
/** Nobody speaks for so long or longer between two words, while the two hear each other: dead air. It ends a monologue too. */
export const deadAirAfterMs = 5_000;
/** A pace over less speech than this is chance. */
export const leastSpeechMs = 5_000;
/** Who has said nothing for longer does not speak "now": a recogniser tells a word up to a second late. */
export const speakingSlackMs = 2_000;
/** A pause of up to so long between two words of a speaker belongs to their pace: people breathe. */
export const breathMs = 1_000;
