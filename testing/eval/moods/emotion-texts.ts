import type { Emotion } from "../../../shared/sentiment/emotions.ts";
import type { Part } from "../held-out.ts";

/** What customers write, and the emotion that a reader names first; "none" = it only tells or asks. */
export type EmotionText = { part: Part; emotion: Emotion | "none"; text: string };

const textsByEmotion: Record<Part, Record<Emotion | "none", readonly string[]>> = {
  open: {
    joy: [
      "We moved in last week and we love it, the terrace is wonderful.",
      "Great news, the bank said yes to our mortgage! We are so happy.",
      "Perfect, that is exactly the flat we hoped for.",
      "We got the keys this morning and the children are already dancing in the living room.",
      "Best decision we made all year, the new office is a joy to work in.",
      "I can't stop smiling, the offer went through!",
      "So glad we found you, moving was easier than we ever thought.",
      "The garden is lovely and the neighbours brought us a cake.",
    ],
    trust: [
      "Thank you for being honest about the damp in the cellar, I appreciate that.",
      "You have always been reliable, so I will recommend you to my sister.",
      "I trust your advice on the insurance, go ahead.",
      "You told us about the leak before we signed, and that means a lot to us.",
      "My brother bought from you twice, so I know I am in good hands.",
      "I'll leave the choice of the surveyor to you, you know what you are doing.",
      "Thanks for keeping your word about the repairs.",
      "We feel well looked after by Ben and would come back any time.",
    ],
    anger: [
      "This is the third time that nobody calls me back. It is unacceptable.",
      "Your invoice is wrong again and I am furious.",
      "The way your colleague spoke to my mother was rude.",
      "I have been passed around for an hour and still nobody knows anything about my case.",
      "Do not ever call this number again.",
      "You charged me twice and now you tell me it is my own fault, what a joke.",
      "I want the manager, your people lied to me about the heating costs.",
      "Third appointment missed. I am sick of this.",
    ],
    fear: [
      "I am worried that the roof will not last another winter.",
      "We are afraid that the deposit is gone if the sale falls through.",
      "There was a smell of gas in the hall and the children are scared.",
      "What happens to us if the landlord sells? We have nowhere else to go.",
      "I don't dare to sign before my lawyer has seen the contract.",
      "My daughter won't sleep in that room since the break-in.",
      "I'm nervous about paying so much up front.",
      "Is the wiring safe? I keep thinking about a fire.",
    ],
    sadness: [
      "Sadly we have to cancel, my husband died in March.",
      "I am very disappointed with the kitchen, we had hoped for more.",
      "It is a pity to give up the garden, but the rent is more than we can pay. I am sad to leave.",
      "We had our hearts set on that house and now it is gone.",
      "Since my wife passed away the flat is too big for me.",
      "It hurts to sell my parents' home, but there is no other way.",
      "I feel let down, nobody even told us that it was sold.",
      "After the divorce I can't keep up the payments any more.",
    ],
    surprise: [
      "Wow, I did not think that anybody answers on a Sunday!",
      "I was surprised to find a second charge on my account.",
      "The survey came back with something unexpected about the foundations.",
      "I had no idea that the parking space was included!",
      "You are open on Sundays? I never would have guessed.",
      "Out of nowhere the seller took 20,000 off the price.",
      "My jaw dropped when I saw the electricity bill.",
      "Seriously, the lease is already signed? That was quick.",
    ],
    confusion: [
      "I am confused by the two contracts, which one do I sign?",
      "It is unclear to me what the service fee covers.",
      "The instructions for the meter are puzzling.",
      "First you said March, then May, so which is it?",
      "I don't understand what the second page of the contract wants from me.",
      "Sorry, you lost me, is the deposit part of the price or not?",
      "Who do I pay, the agency or the owner? The letter names both.",
      "I can't make sense of this statement.",
    ],
    none: [
      "Please send the floor plans by Friday.",
      "The viewing is at ten on Tuesday at 14 Mill Lane.",
      "Our lease ends in May and we need 40 desks.",
      "We are looking for three rooms near the station.",
      "Our number has changed, please use 0171 555 0134 from now on.",
      "The contract starts on the first of June.",
      "Could you send me the floor plan as a PDF?",
      "My colleague will come to the viewing instead of me.",
    ],
  },
  "held-out": {
    joy: [
      "What a view, we sat on the balcony until midnight and laughed.",
      "The kids picked their rooms and everybody is over the moon.",
      "Yes! We got it!",
      "It feels like home already, we couldn't have asked for more.",
    ],
    trust: [
      "Whatever you think is fair, we go along with it.",
      "You have never let us down in ten years.",
      "I'd give you the keys without a second thought.",
      "My accountant says you are the only ones who answer straight.",
    ],
    anger: [
      "Stop sending me these letters, I have told you three times.",
      "Who gave you the right to open my flat?",
      "This is a rip-off and I will tell everyone I know.",
      "Your man slammed the door in my face.",
    ],
    fear: [
      "I haven't slept since the letter about the rent came.",
      "Please don't tell the landlord that I called.",
      "What if the bank says no after we have given notice?",
      "The cracks in the wall get longer every week, is that dangerous?",
    ],
    sadness: [
      "We had to put the dog to sleep, so the garden means nothing to us now.",
      "It was our first home together. Now I live here by myself.",
      "All that work, and in the end they chose another buyer.",
      "My father can't come home from the hospital any more, we have to give up his flat.",
    ],
    surprise: [
      "Hold on, the house is from 1890? It looks brand new!",
      "There is a whole room behind that wall? Since when?",
      "I never expected to hear from you again.",
      "Twice the price of last year? You must be kidding.",
    ],
    confusion: [
      "Is the viewing at ours or at your office? Your mail says both.",
      "I lost track, which form comes first?",
      "The invoice says 900 and the contract 850, I am lost.",
      "What does 'subject to survey' mean for us?",
    ],
    none: [
      "We will be ten minutes late.",
      "Please put my wife's name on the contract as well.",
      "Do you have the energy certificate?",
      "Our budget is 300,000.",
    ],
  },
};

export const emotionTexts: readonly EmotionText[] = Object.entries(textsByEmotion).flatMap(
  ([part, byEmotion]) =>
    Object.entries(byEmotion).flatMap(([emotion, texts]) =>
      texts.map((text): EmotionText => ({ part: part as Part, emotion: emotion as Emotion | "none", text })),
    ),
);
