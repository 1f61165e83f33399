/** Names by where they come from; `latin` where an e-mail address cannot be read off the name itself. */
type Name = string | { name: string; latin: string };

export type NamePool = { given: readonly Name[]; family: readonly Name[]; familyFirst?: true };

const written = (name: string, latin: string) => ({ name, latin });

const english: NamePool = {
  given:
    "Hannah Oliver Grant Elise Tobias Claire Julian Megan Patrick Rosalind Everett Tamsin Callum Beatrice Wesley Joanna Desmond Phoebe Graham Adelaide Theo Marianne".split(
      " ",
    ),
  family:
    "Whitcombe Brandt Ellison Tillman Harcourt Pemberton Lockwood Ashdown Merrick Thornbury Calloway Winslow Fairchild Prescott Hathaway Redmond Beckford Sinclair Marchetti Featherstonehaugh Vandermeersch Hollingsworth-Okonkwo".split(
      " ",
    ),
};
const hispanic: NamePool = {
  given:
    "Rafael Inés Joaquín Sofía Mateo Lucía Andrés Valentina Camila Ignacio Ximena Álvaro Beatriz Emiliano".split(
      " ",
    ),
  family:
    "Duarte|Herrera|Castellano|Montoya|Quiroga|Benítez|Villanueva|de la Cruz|Echeverría|Zamora|Rosales|Fernández de Córdoba|Ibáñez|Peralta".split(
      "|",
    ),
};
const westAfrican: NamePool = {
  given: "Amara Kwame Ifeoma Chidi Adaeze Kofi Abena Tunde Ngozi Yaw Folasade Emeka Oluwaseun".split(" "),
  family: "Nwosu Mensah Adeyemi Okonkwo Osei Boateng Balogun Eze Asante Afolabi Onyekachukwu Danso".split(
    " ",
  ),
};
const slavic: NamePool = {
  given: "Dmitri Maria Katarzyna Piotr Anastasia Milan Jelena Wojciech Oksana Bohdan Zuzana Tomasz".split(
    " ",
  ),
  family:
    "Kowalski Sokolov Wiśniewska Novák Petrović Shevchenko Dąbrowski Horvat Zielińska Krzyżanowski Bondarenko".split(
      " ",
    ),
};
const nordic: NamePool = {
  given: "Ingrid Tobias Sven Astrid Lars Freja Henrik Sigrún Mikael Annelise Bjørn".split(" "),
  family: "Haugen Lindgren Sørensen Åkesson Nyström Bjarnadóttir Halvorsen Virtanen Kjærgaard".split(" "),
};
const indian: NamePool = {
  given:
    "Arjun Kavya Rohan Ananya Vikram Meera Siddharth Lakshmi Karthik Ishaan Padmavathi Venkatanarasimha".split(
      " ",
    ),
  family:
    "Iyer Sharma Banerjee Chatterjee Reddy Krishnamurthy Deshpande Gupta Subramaniam Mukhopadhyay".split(" "),
};
const arabic: NamePool = {
  given: "Leila Noor Omar Tariq Yasmin Khalid Samira Hassan Amina Faisal Rania".split(" "),
  family:
    "Farahani|Al-Sayed|Haddad|Mansour|El-Masri|Benali|Khoury|bin Rashid Al Nahyan|Qureshi|Darwish".split("|"),
};
const eastAsian: NamePool = {
  given: "Wei Yuki Jun-ho Mai Kenji Xin Haruka Minh Seo-yeon Thanh Akira Jia".split(" "),
  family: "Chen Watanabe Park Nguyen Tanaka Liu Kobayashi Tran Choi Zhang Yamamoto Lim".split(" "),
};
const french: NamePool = {
  given: "Ines Amélie Baptiste Océane Thibault Margaux Jean-Christophe Maëlle Étienne".split(" "),
  family: "Moreau|Fontaine|Lefèvre|de Saint-Exupéry|Beaumont|Girard|Charpentier|Delacroix-Montmorency".split(
    "|",
  ),
};
const chineseScript: NamePool = {
  familyFirst: true,
  given: [
    written("小明", "xiaoming"),
    written("雨桐", "yutong"),
    written("建国", "jianguo"),
    written("思涵", "sihan"),
  ],
  family: [written("王", "wang"), written("李", "li"), written("欧阳", "ouyang"), written("陈", "chen")],
};
const japaneseScript: NamePool = {
  familyFirst: true,
  given: [written(" 美咲", "misaki"), written(" 健太郎", "kentaro"), written(" さくら", "sakura")],
  family: [written("佐藤", "sato"), written("勅使河原", "teshigawara"), written("渡辺", "watanabe")],
};
const koreanScript: NamePool = {
  familyFirst: true,
  given: [written("민준", "minjun"), written("서연", "seoyeon"), written("하은", "haeun")],
  family: [written("김", "kim"), written("박", "park"), written("남궁", "namgung")],
};
const cyrillicScript: NamePool = {
  given: [written("Наталья", "natalya"), written("Александр", "alexander"), written("Олена", "olena")],
  family: [
    written("Кузнецова", "kuznetsova"),
    written("Рождественский", "rozhdestvensky"),
    written("Шевченко", "shevchenko"),
  ],
};
const arabicScript: NamePool = {
  given: [written("محمد", "mohammed"), written("فاطمة", "fatima"), written("عبد الرحمن", "abdulrahman")],
  family: [written("العتيبي", "alotaibi"), written("المنصوري", "almansoori"), written("حداد", "haddad")],
};
const otherScripts: NamePool = {
  given: [
    written("Νίκος", "nikos"),
    written("अनिल", "anil"),
    written("דנה", "dana"),
    written("สมชาย", "somchai"),
  ],
  family: [
    written("Παπαδόπουλος", "papadopoulos"),
    written("शर्मा", "sharma"),
    written("לוי", "levi"),
    written("ศรีสุวรรณ", "srisuwan"),
  ],
};

/** With how often they come up. */
export const namePools: readonly (readonly [NamePool, number])[] = [
  [english, 30],
  [hispanic, 16],
  [westAfrican, 9],
  [slavic, 9],
  [nordic, 6],
  [indian, 9],
  [arabic, 7],
  [eastAsian, 9],
  [french, 6],
  [chineseScript, 1.2],
  [japaneseScript, 1],
  [koreanScript, 0.8],
  [cyrillicScript, 0.9],
  [arabicScript, 0.8],
  [otherScripts, 0.6],
];
