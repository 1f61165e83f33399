// Names that are written without a space: who says "小明", "田中さん" or "王先生" means 王小明 and 田中太郎.

const whole = /^(?:\p{Script=Han}{2,4}|\p{Script=Hangul}{3})$/u;
const titles =
  "先生|女士|小姐|太太|老师|老師|经理|經理|总|さん|様|さま|くん|ちゃん|氏|\\s?(?:씨|님|선생님|과장님|대리님|사장님)";
const familiar = "小|老";

/**
 * What of such a name may stand for it by itself: of three characters what follows the first, of four the first two (a
 * Japanese family, or a Chinese one of two characters) and the others.
 */
export function partsOfUnspaced(name: string): string[] {
  if (!whole.test(name)) return [];
  const characters = Array.from(name);
  if (characters.length === 3) return [characters.slice(1).join("")];
  return characters.length === 4 ? [characters.slice(0, 2).join(""), characters.slice(2).join("")] : [];
}

/** The family of one character, where a title stands behind it or a familiar word before it; null = there is none. */
export function familyOf(name: string): { family: string; pattern: string } | null {
  const [family = "", ...given] = Array.from(name);
  if (!whole.test(name) || given.length > 2) return null;
  return { family, pattern: `(?:(?<=${familiar})${family}|${family}(?=${titles}))` };
}
