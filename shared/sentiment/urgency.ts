export type Urgency = { level: "none" | "some" | "high"; /** The words that say so. */ because: string[] };

// Lexicons of ours, not a trained model: what people write when something cannot wait.
const high = anyOf(
  "urgent(?:ly)?|asap|as soon as possible|immediately|right away|right now|at once|emergency|today|this (?:very )?(?:minute|second|moment|instant)",
  "still waiting|last c(?:hance|all)|cannot wait|can't wait any longer|drop everything|please pick up|(?:must|have to|need to) (?:speak|talk) (?:to|with) (?:somebody|someone|you) (?:now|at once)",
  "(?:by|before) (?:noon|tonight|midnight|end of (?:the )?day|the end of the day)|(?:need|must|have to|has to)\\b[^.!?]{0,30}\\bnow\\b",
  "(?:clos|sign|end|leav|start|mov|begin)(?:es?|s|ing)?\\b[^.!?]{0,30}\\b(?:this (?:afternoon|evening)|tonight|at midnight|in (?:an hour|(?:a few|two|three|ten|twenty|thirty|\\d+) (?:minutes|hours)))",
  "no (?:heating|hot water|water|power|electricity|key)\\b(?= and|[^.!?]{0,20}\\b(?:since|for|cold|freezing|minus)|[.!]?$)|(?:standing|waiting) (?:outside|in front)",
);
/** Looked after at once, whoever asks and whatever else can wait. */
const dangers = anyOf(
  `(?<!\\b(?:no|not|never|without|(?:is|are|was|were|do|does|did)n['’]?t) (?:\\p{L}{1,20} ){0,2})(?:${[
    "locked (?:out|in)|fire alarm (?:is|has|went|goes|keeps|rings)|(?:is|are) on fire|smoke (?:in|from|out of)",
    "smell(?:s|ing)?(?: of)? gas|gas leak|pipe (?:has )?burst|burst pipe|flood(?:ed|ing)|(?:is|are) filling up",
    "water is (?:coming|running|pouring)|stuck in the (?:lift|elevator)|(?:is|are) in hospital",
    "call(?:ed)? (?:the|an) (?:police|ambulance)",
  ].join("|")})`,
);
const some = anyOf(
  "soon|quickly|tomorrow|this week|deadline|expires?|runs? out|overdue|hurry|in a rush|(?:waiting|waited) (?:for|since)",
  "(?:by|until|before|on|next) (?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:by|until|till|before) (?:the )?(?:end|weekend|\\d+(?:st|nd|rd|th))|until then",
  "within the week|(?:in|within) (?:the next )?(?:a few|two|three|\\d+) (?:days|weeks)|in the next few days|before (?:my|our|school|christmas)|another (?:offer|buyer)",
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

/**
 * How soon an answer is asked for, and by which words. "No rush" outweighs what stands in its clause ("no rush, but gas
 * leak!"), and, where it is a sentence of its own, all that is asked for by a time; what is dangerous it never does. A
 * lexicon.
 */
export function urgencyOf(text: string): Urgency {
  const clauseOf = placesOf(text, clauseEnds);
  const sentenceOf = placesOf(text, sentenceEnds);
  const quiet = found(text, calm);
  const calmed = new Set(quiet.map(({ at }) => clauseOf(at)));
  const sentences = text.split(sentenceEnds);
  const denying = [...new Set(quiet.map(({ at }) => sentenceOf(at)))].map((at) => sentences[at] ?? "");
  const isPut = denying.some(isLittleElse);
  const heard = (pattern: RegExp) =>
    found(text, pattern).filter(({ at }) => !isPut && !calmed.has(clauseOf(at)));
  const pressing = wordsOf([...found(text, dangers), ...heard(high)]);
  const soon = wordsOf(heard(some));
  if (pressing.length > 0) return { level: "high", because: [...pressing, ...soon] };
  if (soon.length > 0) return { level: "some", because: soon };
  return { level: "none", because: wordsOf(quiet) };
}

/** Whatever is denied, what comes then is not. */
const clauseEnds = /[.!?;\n]|\b(?:but|however|although|except|though(?= \p{L}))\b/giu;
const sentenceEnds = /[.!?\n]/gu;
/** A sentence of no more words than "There's no hurry at all" is about what stands around it. */
const fewWords = 5;

function isLittleElse(sentence: string): boolean {
  const words = sentence.match(/[\p{L}'’]+/gu) ?? [];
  return words.length <= fewWords && !sentence.includes(",") && sentence.search(clauseEnds) === -1;
}

/** In which of the parts between `ends` a place lies, counted from 0. */
function placesOf(text: string, ends: RegExp): (at: number) => number {
  const all = Array.from(text.matchAll(ends), ({ index }) => index);
  return (at) => {
    let [first, past] = [0, all.length];
    while (first < past) {
      const middle = (first + past) >> 1;
      if ((all[middle] ?? 0) < at) first = middle + 1;
      else past = middle;
    }
    return first;
  };
}

/** In whole words. */
function anyOf(...lists: readonly string[]): RegExp {
  return new RegExp(`\\b(?:${lists.join("|")})\\b`, "giu");
}

type Found = { words: string; at: number };

function found(text: string, pattern: RegExp): Found[] {
  return Array.from(text.matchAll(pattern), ({ 0: words, index }) => ({
    words: words.toLowerCase(),
    at: index,
  }));
}

function wordsOf(all: readonly Found[]): string[] {
  return [...new Set(all.map(({ words }) => words))];
}
