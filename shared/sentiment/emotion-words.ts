/** What a text shows besides being glad or cross. */
export const emotionNames = ["joy", "trust", "anger", "fear", "sadness", "surprise", "confusion"] as const;
export type Emotion = (typeof emotionNames)[number];

// A lexicon of ours, not a trained model: beginnings of English words, and turns of phrase. What has a "not" of its own in
// it ("can't make sense") is not denied by that.
const stems: Record<Emotion, string> = {
  joy: "happy|glad|delight|love|great|wonderful|excellent|perfect|excited|thrilled|pleased|enjoy|fantastic|awesome|joy(?:ful|ous)?(?![\\p{L}])|smil|can't stop smiling|celebrat|cheer|beautiful|lucky|proud|best \\p{L}+ (?:we|i)(?:'ve)? (?:have )?(?:ever )?made",
  trust:
    "thank|appreciat|helpful|reliab|trust|recommend|honest|professional|grateful|agree|confident|depend(?:able| on you)|count on|rely on|in good hands|means? (?:a lot|so much) to|(?:kept|keep|keeping) (?:your|his|her|their) (?:word|promise)|well looked after|you know what you|leave (?:it|that|the \\p{L}+) (?:up )?to you",
  anger:
    "angry|furious|annoy|outrag|ridiculous|unacceptable|terrible|awful|complain|rude|disgust|worst|hate|scam|lied|lying|liar|cheat|steal|stole|useless|incompeten|nonsense|insult|(?:sick|tired) of|fed up|enough of|what a joke|passed around|(?:don't|do not|never) (?:you )?(?:ever )?(?:call|write|contact|ring) (?:me|us|this|here)|nobody (?:\\p{L}+ )?(?:calls?|answers?|knows|cares|helps?|listens)|want (?:the|your|a) (?:manager|boss)",
  fear: "worr|afraid|scared|nervous|anxious|concern|risk|threat|unsafe|panic|fear|frighten|terrif|dread|(?:don't|do not|didn't) dare|what happens (?:to (?:me|us) )?if|nowhere (?:else )?to go|break-?in|burgl|(?:won't|can't|cannot) sleep|keep thinking (?:about|of)|is (?:it|that|this|the \\p{L}+) safe",
  sadness:
    "sad|sorry|disappoint|unhappy|regret|miss(?:es|ing)? (?:him|her|them|it|my|our)|lost (?:my|our|his|her)|lonely|cry(?:ing)?(?![\\p{L}])|cried|tears|upset|unfortunate|a pity|what a shame|griev|grief|mourn|widow|funeral|divorc|passed away|died|death|heart ?br(?:oken|eaking)|hearts? set on|it hurts|(?:let|feel) (?:us |me )?down|ha(?:ve|d) to give up",
  surprise:
    "surpris|unexpected|suddenly|wow|amaz|astonish|shock|unbeliev|out of nowhere|out of the blue|jaws? dropped|had no idea|seriously|(?:didn't|did not|never)(?: \\p{L}+){0,2} (?:think|thought|guess|guessed|expect|expected|imagine|imagined)|(?:can't|couldn't|cannot) believe|that was quick",
  confusion:
    "confus|unclear|puzzl|unsure|complicated|weird|strange|(?:not|isn't) clear|(?:don't|do not|didn't|can't|cannot) (?:understand|follow|see what)|(?:can't|cannot|doesn't|does not|don't) make (?:any )?sense|you(?:'ve| have)? lost me|so which|which (?:one )?(?:is it|of the two|do i|should i)|who do i|first you said",
};
const patterns = Object.fromEntries(
  Object.entries(stems).map(([emotion, list]) => [
    emotion,
    new RegExp(String.raw`(?<![\p{L}])(?:${list})`, "giu"),
  ]),
) as Record<Emotion, RegExp>;
const negated = /(?:\b(?:not|never|no|hardly|without)|n't)\s+(?:\p{L}+\s+){0,2}$/iu;
const reach = 40;

/** How many words of each emotion's list stand in a text, by place in `emotionNames`; "not happy" is none of joy's. */
export function listedWordsOf(text: string): number[] {
  return emotionNames.map(
    (emotion) =>
      Array.from(text.matchAll(patterns[emotion])).filter(
        ({ index }) => !negated.test(text.slice(Math.max(0, index - reach), index)),
      ).length,
  );
}
