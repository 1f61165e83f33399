const longestKey = 48;

/**
 * What a new thing is called in imports and the API: its label in small Latin letters, never one that is taken.
 * @param joint `_` for fields, `-` for stages and dispositions
 */
export function keyOf(label: string, joint: "_" | "-", taken: readonly string[]): string {
  const plain = label
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, joint)
    .replaceAll(/^[^a-z]+/gu, "");
  const cut = plain.slice(0, longestKey).replace(/[_-]+$/u, "") || "new";
  if (!taken.includes(cut)) return cut;
  let number = 2;
  while (taken.includes(`${cut}${joint}${number}`)) number += 1;
  return `${cut}${joint}${number}`;
}
