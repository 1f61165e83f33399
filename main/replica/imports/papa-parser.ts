/** PapaParse's inner parser as it is: its published types name neither the arguments nor the answer. */
export type ParseResult = {
  data: string[][];
  errors: { code: string; row?: number }[];
  /** `cursor`: the place in the input after the last complete row. */
  meta: { cursor: number };
};
export type ParserHandle = {
  parse(input: string, baseIndex: number, ignoreLastRow: boolean): ParseResult;
};
