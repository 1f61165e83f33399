import { stemsOf } from "./stems.ts";

/**
 * English words by how glad (+) or cross (-) who says them on a telephone is, one row per value. Collected for this
 * product; courtesies ("please", "thanks") weigh little, since a script has them too.
 */
const rows: readonly (readonly [value: number, words: string])[] = [
  [
    3,
    `love excellent amazing fantastic wonderful awesome perfect outstanding brilliant thrilled delighted superb best
       incredible fabulous ecstatic magnificent terrific phenomenal flawless`,
  ],
  [
    2,
    `great happy glad excited impressed good enjoy pleased beautiful easy helpful appreciate grateful fun recommend
       friendly nice reliable satisfied success win generous charming lovely impressive favorite favourite winner
       exciting pleasure joy smile laugh hilarious cute gorgeous sweet smooth comfortable congratulations celebrate
       blessed proud talented powerful entertaining funny masterpiece fascinating touching clever refreshing
       enjoyable remarkable delightful memorable engaging smart`,
  ],
  [
    1,
    `  like interested interesting useful works clear correct fair better improve solved solve fixed resolved
       safe save saved benefit quick quickly fast calm kind agree support welcome free relaxed strong hope
       hopefully fresh honest polite promising bright warm trust worth value affordable simple yay
       haha lol thank thanks care wow ready comfort peace luck lucky decent solid effective original creative
       intelligent sincere rich advantage opportunity hero`,
  ],
  [
    -1,
    `problem issue concern unfortunately sorry difficult hard confused confusing slow wait waiting late delay
       delayed missing lost lose wrong error mistake expensive costly worried worry doubt unsure complicated  
       busy tired miss lack lacking unclear weak noisy heavy boring bored dull odd weird flat predictable  
       unhelpful trouble complaint sad alone risk loud dirty cold strange doubtful uncertain unable unlikely
       unnecessary tedious uneven refuse problematic overpriced mediocre forgettable`,
  ],
  [
    -2,
    `bad upset annoyed annoying disappointed disappointing unhappy complain fail failed failure unfair poor
       rude frustrated frustrating frustration dissatisfied unacceptable angry mad stupid hurt cry crying pain
       painful suck sucks crap damn ugly nasty fear afraid scared sick ill ridiculous nonsense waste wasted
       misleading mislead lie lying lied liar argue refused hell dead kill die death disgusted shame embarrassing
       useless defective faulty ruined ruin mess messy dumb lame jerk idiot tragic war crisis threat threaten
       attack victim dangerous terrible poorly unpleasant misery annoy dislike regret unprofessional overcharged
       depressing depressed pathetic stupidly bland clumsy pointless lifeless silly`,
  ],
  [
    -3,
    `hate awful horrible worst furious disgusting outrageous scam fraud livid unbearable appalling horrendous
       dreadful atrocious nightmare abysmal despise infuriating disgrace disaster catastrophe evil cruel murder
       torture`,
  ],
];

/** By the first stem of each word. */
export const moodByStem: ReadonlyMap<string, number> = new Map(
  rows.flatMap(([value, words]) =>
    words.split(/\s+/u).map((word): [string, number] => [stemsOf(word)[0] ?? word, value]),
  ),
);
