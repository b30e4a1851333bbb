// SPDX-License-Identifier: MIT

/** The commonest small words of some languages. They tell a language from a page of prose; they tell nothing else. */
const SMALL_WORDS: Readonly<Record<string, string>> = {
  en: "the of and to in a is that for on it was with as by he said at be are from has have which not but an they this will were had or its their his who been would after also than about",
  de: "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch",
  fr: "le la les de des et du en un une que est dans qui par pour au pas sur ne se plus avec il sont ce aux cette ont été mais comme leur elle son sa ses ou à",
  es: "de la que el en y a los se del las un por con no una su para es al lo como más pero sus le ha me si sin sobre este ya entre cuando todo ser son también fue había era muy",
  it: "di e il la che in un per è del una della con non le si da i dei gli al sono ha alla nel come più anche lo ma delle dal su ai dopo stato questo hanno",
  pt: "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua ou quando muito nos já eu também só pelo pela até isso",
  nl: "de het een van en in is dat op te zijn met voor niet die aan er om ook als maar dan bij nog naar uit door over wordt worden tot heeft hebben was werd",
  pl: "w i na z się nie do to że jest o jak po co za od tak ale czy przez dla jego być może oraz są był która który które",
  tr: "ve bir bu da de için ile olarak çok daha gibi olan en sonra kadar ise ne var ama ancak olduğu",
  sv: "och i att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan när år under också efter eller nu",
};
const LANGUAGES = Object.keys(SMALL_WORDS);
/** Of each small word, the languages that have it: one bit each, in their order. */
const SPEAKERS = new Map<string, number>();
for (const [bit, words] of Object.values(SMALL_WORDS).entries())
  for (const word of words.split(" ")) SPEAKERS.set(word, (SPEAKERS.get(word) ?? 0) | (1 << bit));
const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Cyrillic}/gu, "ru"],
  [/\p{Script=Arabic}/gu, "ar"],
  [/\p{Script=Hebrew}/gu, "he"],
  [/\p{Script=Han}/gu, "zh"],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, "ja"],
  [/\p{Script=Hangul}/gu, "ko"],
  [/\p{Script=Devanagari}/gu, "hi"],
  [/\p{Script=Greek}/gu, "el"],
  [/\p{Script=Thai}/gu, "th"],
];
const SAMPLE_UNITS = 12_000;
/** Letters beyond Latin (Unicode blocks up to Latin Extended-B) and general punctuation. */
const BEYOND_LATIN = /[\u0250-\u1fff\u2070-\uffff]/;

/**
 * The language of a text by its script and its small words: a BCP 47 tag, or `und` where there is too little to
 * tell. Latin-script languages outside the list come out as `und`, never as English.
 */
export function languageOf(text: string): string {
  const sample = text.slice(0, SAMPLE_UNITS);
  const isBeyond = BEYOND_LATIN.test(sample);
  const letters = isBeyond ? (sample.match(/\p{L}/gu)?.length ?? 0) : 0;
  for (const [script, language] of letters > 0 ? SCRIPTS : []) {
    if ((sample.match(script)?.length ?? 0) > 0.4 * letters)
      return language === "ru" && /[іїєґ]/i.test(sample) ? "uk" : language;
  }
  const words = sample.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (words.length < 8) return "und";
  const counts = new Int32Array(LANGUAGES.length);
  for (const word of words)
    for (let bits = SPEAKERS.get(word) ?? 0; bits !== 0; bits &= bits - 1)
      counts[31 - Math.clz32(bits & -bits)]!++;
  const most = Math.max(...counts);
  return most / words.length >= (words.length < 40 ? 0.12 : 0.18) ? LANGUAGES[counts.indexOf(most)]! : "und";
}
