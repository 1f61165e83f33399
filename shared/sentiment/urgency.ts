export type Urgency = { level: "none" | "some" | "high"; /** The words that say so. */ because: string[] };

// Lexicons of ours, not a trained model: what people write when something cannot wait.
const high = anyOf(
  "urgent(?:ly)?|asap|as soon as possible|immediately|right away|right now|at once|emergency|today|this (?:very )?(?:minute|second|moment)",
  "still waiting|last c(?:hance|all)|cannot wait|can't wait any longer|drop everything|please pick up|(?:must|have to|need to) (?:speak|talk) (?:to|with) (?:somebody|someone|you) (?:now|at once)",
  "(?:by|before) (?:noon|tonight|midnight|end of (?:the )?day|the end of the day)|(?:need|must|have to|has to)\\b[^.!?]{0,30}\\bnow\\b",
  "(?:clos|sign|end|leav|start|mov|begin)(?:es?|s|ing)?\\b[^.!?]{0,30}\\b(?:this (?:afternoon|evening)|tonight|at midnight|in (?:an hour|(?:a few|two|three|ten|twenty|thirty|\\d+) (?:minutes|hours)))",
  // What is looked after at once, whoever asks.
  "locked (?:out|in)|fire alarm (?:is|has|went|goes|keeps|rings)|(?:is|are) on fire|smell(?:s|ing)?(?: of)? gas|gas leak|pipe (?:has )?burst|burst pipe|flood(?:ed|ing)|water is (?:coming|running|pouring)|(?:is|are) filling up|(?:is|are) in hospital|call(?:ed)? (?:the|an) (?:police|ambulance)",
  "no (?:heating|hot water|water|power|electricity|key)\\b(?= and|[^.!?]{0,20}\\b(?:since|for|cold|freezing|minus)|[.!]?$)|(?:standing|waiting) (?:outside|in front)",
);
const some = anyOf(
  "soon|quickly|tomorrow|this week|deadline|expires?|runs? out|overdue|hurry|in a rush|(?:waiting|waited) (?:for|since)",
  "(?:by|until|before|on|next) (?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:by|until|till|before) (?:the )?(?:end|weekend|\\d+(?:st|nd|rd|th))|until then",
  "(?:in|within) (?:the next )?(?:a few|two|three|\\d+) (?:days|weeks)|in the next few days|before (?:my|our|school|christmas)|another (?:offer|buyer)",
);
const very = "(?:(?:that|very|so|really|all|too|terribly|exactly|actually|particularly|especially|overly) )*";
const negated = "(?:is|are|was|were|do|does|did)n['’]?t";
/** "Not urgent", in whatever words. */
const calm = anyOf(
  `(?:not|${negated}|never|nothing|neither|nor) ${very}(?:urgent(?! enough)|pressing|in (?:a|any) (?:great |big |real )?(?:rush|hurry)|an? (?:real )?emergency)`,
  "no (?:great |big |real |particular )?(?:rush|hurry|urgency|emergency(?! (?:exit|door|light|lighting|stairs|number)))|non-urgent",
  `(?:no need|not need|not have|${negated} (?:need|have)) to\\b[^.!?,;:]{0,30}\\b(?:immediately|right away|right now|at once|now|today|asap|urgently)`,
  "whenever|take (?:all the |your )time|(?:we|i) have time|only looking(?: around)?|just (?:looking|asking|wondering)",
);

/** How soon an answer is asked for, and by which words. "No rush" outweighs them all. A lexicon. */
export function urgencyOf(text: string): Urgency {
  const quiet = found(text, calm);
  if (quiet.length > 0) return { level: "none", because: quiet };
  const [pressing, soon] = [found(text, high), found(text, some)];
  if (pressing.length > 0) return { level: "high", because: [...pressing, ...soon] };
  return { level: soon.length > 0 ? "some" : "none", because: soon };
}

/** In whole words. */
function anyOf(...lists: readonly string[]): RegExp {
  return new RegExp(`\\b(?:${lists.join("|")})\\b`, "giu");
}

function found(text: string, pattern: RegExp): string[] {
  return [...new Set(Array.from(text.matchAll(pattern), ([words]) => words.toLowerCase()))];
}
