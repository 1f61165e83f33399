import type { Part } from "../held-out.ts";

/**
 * A sentence of a customer or about one. What must not leave the server stands between « and », what may as well go
 * with it (a town, a floor) between ‹ and ›; without either it only looks like an address.
 */
export type AddressText = { part: Part; marked: string };

const textsByPart: Record<Part, readonly string[]> = {
  open: [
    "I live at «12 Baker Street».",
    "Write to «Flat 3, 45 King's Road», ‹London›, «SW3 4RP».",
    "Meine Adresse: «Hauptstraße 12a», «10115 Berlin».",
    "Nous sommes au «12 rue de la Paix», «75002 Paris».",
    "La llave está en «Calle Mayor 5», «28013 Madrid».",
    "please send it to «42 elm grove» before friday",
    "Ze woont op «Kerkstraat 8», «1017 GL Amsterdam».",
    "Our office is at «500 W Madison St, Suite 210», ‹Chicago›, «IL 60661».",
    "The postcode is «M1 1AE», by the way.",
    "ich wohne in der «bahnhofstr. 7»",
    "Vivimos en «Avenida de la Constitución, 22», segundo piso.",
    "Postanschrift «Berliner Platz 4», «D-80331 München»",
    "Ma mère habite «7 allée des Roses».",
    "We are moving to «16 Wellington Gardens» in May.",
    "His parents have a flat «Unter den Linden 77».",
    "There are 10 units in stock.",
    "Please call at 12 today.",
    "A 2 bed flat for 300000 would do.",
    "OK 20000 is our limit.",
    "We looked at 3 places near the park.",
    "There is 1 place left on the tour.",
    "It was a 3 way call with the bank.",
    "The plot has 1200 square metres.",
    "The price is 50000 Euro without the garage.",
    "Wir sind auf Platz 3 der Liste.",
    "Zimmer 12 ist frei.",
    "On 12 May I am away, on 14 August back.",
    "Il reste 4 places dans la salle.",
    "La calle es ruidosa, son 30 minutos a pie.",
    "Is the one in Park Road still free?",
  ],
  "held-out": [
    "My new address is «Flat 4, 27 Cromwell Road», ‹London› «SW7 2HB».",
    "please send the contract to «8 hawthorn close», we are home after six",
    "Wir wohnen jetzt in der «Lindenallee 14b», «50968 Köln».",
    "Bitte alles an «Am Mühlenberg 3» schicken.",
    "J'habite au «45 bis avenue Victor Hugo», «69003 Lyon».",
    "Vivo en la «Calle de Alcalá 120», ‹3º B›, «28009 Madrid».",
    "We moved to «1420 North Oak Avenue, Apt 5C», ‹Portland›, «OR 97205».",
    "Het adres is «Prinsengracht 263», «1016 GV Amsterdam».",
    "The boiler at ‹The Old Rectory, Church Lane›, «BA2 7AB» has died.",
    "Her mother lives at «221b Baker St».",
    "Send the keys to «P.O. Box 118», please.",
    "I am in «Unit 7, 3 Station Parade».",
    "Ich bin umgezogen: «Schillerstr. 9», «80336 München»",
    "Notre maison : «3, chemin des Vignes», «33000 Bordeaux»",
    "the house is «77a the high street», ‹reading›",
    "We had 14 drives in the country and liked none.",
    "I saw 3 people in court yesterday.",
    "Ring me at 12 on the way home.",
    "Take the 2nd road on the left, then 300 metres.",
    "It has 4 bedrooms and 2 parking spaces near the lane.",
    "Wir brauchen 20 Plätze im Hof.",
    "Vom Bahnhof ist es ein Weg von 5 Minuten.",
    "Il y a 12 places de parking et 2 avenues bruyantes.",
    "La plaza tiene 40 metros de ancho.",
    "Your flat in Baker Street, is it still there?",
    "Order 44821 came on Friday.",
    "We can pay 10115 Euro at once.",
    "Room 12, second floor, at half past nine.",
    "Since 2019 Berlin has been too dear for us.",
    "The offer of 75000 Dollars stands.",
  ],
};

export const addressTexts: readonly AddressText[] = (["open", "held-out"] as const).flatMap((part) =>
  textsByPart[part].map((marked) => ({ part, marked })),
);
