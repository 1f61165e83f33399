/** Whose models a page is about. */
export type Tier = {
  /** Their addresses below /api/v1. */
  root: "/ai/system" | "/ai" | "/ai/own";
  /** The page's key. */
  here: string;
  isOperator: boolean;
};
