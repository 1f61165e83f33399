// The door of the assistant on the desk.
export { DealInsightCard } from "./deals/deal-insight-card.tsx";
export { DealOutlook } from "./deals/deal-outlook.tsx";
export { AssistantHub } from "./hub/assistant-hub.tsx";
export { LetterWriter } from "./letters/letter-writer.tsx";
export { LettersDecided } from "./letters/letters-decided.tsx";
export { ListingPicture } from "./listings/listing-picture.tsx";
export { ListingWriter } from "./listings/listing-writer.tsx";
export { MatchingListings } from "./listings/matching-listings.tsx";
export { WhoAnswers } from "./parts/who-answers.tsx";
export { NextBest } from "./recommend/next-best.tsx";
export { Recommended } from "./recommend/recommended.tsx";
