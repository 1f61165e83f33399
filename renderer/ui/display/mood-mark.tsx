import { Frown, Meh, Smile } from "lucide-react";
import { Icon, type IconType } from "./icon.tsx";

/** Somebody's mood by their words, as it is said everywhere. */
export const moodWords = {
  "very-negative": "Very negative",
  negative: "Negative",
  neutral: "Neutral",
  positive: "Positive",
  "very-positive": "Very positive",
} as const;

export type MoodShown = keyof typeof moodWords;

const icons: Record<MoodShown, IconType> = {
  "very-negative": Frown,
  negative: Frown,
  neutral: Meh,
  positive: Smile,
  "very-positive": Smile,
};

/** A face in the colour of the text around it: a mood is a hint and no alarm. Say it in words beside it. */
export function MoodFace({ mood, size = 14 }: { mood: MoodShown; size?: number }) {
  return <Icon of={icons[mood]} size={size} />;
}
