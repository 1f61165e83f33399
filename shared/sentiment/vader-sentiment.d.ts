declare module "vader-sentiment" {
  /** All shares 0 to 1, `compound` -1 to 1. */
  export type Polarity = { neg: number; neu: number; pos: number; compound: number };
  const vader: { SentimentIntensityAnalyzer: { polarity_scores(text: string): Polarity } };
  export default vader;
}
