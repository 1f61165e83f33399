import { anyCase, end, flatBefore, flatBehind, house } from "./pieces.ts";

/** In small letters these join a sentence together, or are counted: no word of a street's name. */
const joining = [
  "in on at of off to for from by near with without and or but as so if is are was were be been has have had do does did",
  "will would can could should my your our his her their its this that these those it we you they he she i me us them a an",
  "up down along across around about through over under towards behind opposite then before after again until since more",
  "less other another new old good nice very really quiet busy lovely big small large long short left right per each every",
  "only just even still square minute minutes min mins hour hours day days week weeks month months year years mile miles km",
  "metre metres meter meters yard yards foot feet bed beds bedroom bedrooms bath baths bathroom bathrooms room rooms storey",
  "storeys story star stars car cars lane lanes way ways step steps block blocks door doors stop stops people persons",
  "place places space spaces unit units time times percent pound pounds euro euros dollar dollars call calls house houses",
  "flat flats home homes offer offers viewing viewings bis ter quater rue",
].join(" ");
const noName = String.raw`(?!(?:${joining.split(" ").join("|")})${end})`;
const word = String.raw`${noName}(?:\p{L}[\p{L}\p{M}'’\-]{0,24}\.?|\d{1,3}(?:st|nd|rd|th))`;

const always = anyCase(
  String.raw`(?:street|road|avenue|lane|boulevard|crescent|terrace|gardens|grove|mews)${end}|(?:st|rd|ave|ln|blvd|cres|gdns)${end}\.?`,
);
/** "8 hawthorn close", but "3 cars came very close". */
const behindOneWord = anyCase("close|court|drive");
/** Something else in small letters: "3 places", "12 on the way", "5 in a row". */
const capitals =
  "Close|Court|Drive|Way|Walk|View|Green|Place|Pl|Hill|Row|Rise|Yard|Park|Parkway|Pkwy|Square|Sq|Circle|Cir|Broadway|Highway|Hwy|Quay|Wharf|Parade|Embankment|Trail|Ct|Dr|Cl|Ter";
const often = String.raw`(?:${capitals}|${capitals.toUpperCase()})${end}`;

const name = String.raw`(?:${word}\s(?:${behindOneWord})${end}|(?:${word}\s){1,4}?(?:${always}|${often}))(?:\s(?:${always}|${often})){0,2}`;
const compass = String.raw`(?:\s(?:NE|NW|SE|SW|N|S|E|W)${end})?`;

/** "Flat 3, 45 King's Road", "12 baker st", "500 W Madison St NW, Suite 210" */
export const english = String.raw`${flatBefore}${house},?\s(?:[Tt]he\s)?${name}${compass}${flatBehind}`;
