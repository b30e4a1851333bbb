// SPDX-License-Identifier: MIT
// Names in one script and one spelling. The tables are this project's own: for each letter the spelling that most
// romanisations of it share, so that variants meet in the middle; they name no standard and are no transliteration to print.

const cyrillic: { readonly [letter: string]: string } = {
  ...{ а: "a", б: "b", в: "v", г: "g", ґ: "g", д: "d", ђ: "dj", е: "e", ё: "yo", є: "ye", ж: "zh", з: "z" },
  ...{ ѕ: "dz", и: "i", і: "i", ї: "yi", й: "y", ј: "j", к: "k", л: "l", љ: "lj", м: "m", н: "n", њ: "nj" },
  ...{ о: "o", п: "p", р: "r", с: "s", т: "t", ћ: "c", у: "u", ў: "u", ф: "f", х: "kh", ц: "ts", ч: "ch" },
  ...{
    џ: "dzh",
    ш: "sh",
    щ: "shch",
    ъ: "",
    ы: "y",
    ь: "",
    э: "e",
    ю: "yu",
    я: "ya",
    қ: "k",
    ғ: "g",
    ң: "ng",
  },
  ...{ ү: "u", ұ: "u", ө: "o", ә: "a", һ: "h" },
};

/** The article, written as one word with what follows, where that is long enough not to begin so by itself. */
const arabicArticle = /(^|\s)ال(?=[\u0620-\u064a]{3})/g;

/** Without short vowels, which Arabic does not write; {@link skeletonOf} leaves none on the other side either. */
const arabic: { readonly [letter: string]: string } = {
  ...{ ا: "a", أ: "a", إ: "i", آ: "a", ٱ: "a", ب: "b", پ: "p", ت: "t", ث: "th", ج: "j", چ: "ch", ح: "h" },
  ...{ خ: "kh", د: "d", ذ: "dh", ر: "r", ز: "z", ژ: "zh", س: "s", ش: "sh", ص: "s", ض: "d", ط: "t", ظ: "z" },
  ...{ ع: "", غ: "gh", ف: "f", ق: "q", ك: "k", ک: "k", گ: "g", ل: "l", م: "m", ن: "n", ه: "h", ة: "a" },
  // Inside a word mostly the long vowels; at its beginning the consonants w and y, which sound alike here.
  ...{ و: "u", ؤ: "u", ي: "i", ی: "i", ى: "a", ئ: "i", ء: "", ـ: "" },
};

/** Latin letters that NFKD leaves whole. */
const latin: { readonly [letter: string]: string } = {
  ...{ ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ı: "i", ə: "a", ŋ: "ng", ħ: "h" },
};

const tables: ReadonlyMap<string, string> = new Map(
  [cyrillic, arabic, latin].flatMap(table => Object.entries(table)),
);

/** Longest name that is looked at; more is cut. */
export const longestNameChars = 300;
/** Most words of a name that are looked at. */
export const mostNameTokens = 12;

/** Lower-case a–z and 0–9 of a name, word by word. */
export function foldName(name: string): readonly string[] {
  const letters = name
    .slice(0, longestNameChars)
    .normalize("NFC")
    .toLowerCase()
    .replace(arabicArticle, "$1ال ");
  let text = "";
  for (const letter of letters) {
    // й and ё are letters and no и and е with a mark: looked up before anything is taken apart.
    const whole = tables.get(letter);
    if (whole !== undefined) {
      text += whole;
      continue;
    }
    for (const part of letter.normalize("NFKD").toLowerCase()) {
      const spelled = tables.get(part) ?? part;
      if (/^[a-z0-9]*$/.test(spelled)) text += spelled;
      else if (/[\p{M}'’ʼʹʻ`´"ʺ]/u.test(part)) continue;
      else text += " ";
    }
  }
  return servantNames(text.split(" ").filter(word => word !== "")).slice(0, mostNameTokens);
}

/** `Abd al-Karim`, `Abdul Karim` and `Abdulkarim` are one name written in one to three words. */
function servantNames(words: readonly string[]): readonly string[] {
  const joined: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const rest = /^abd(?:[aeu]l)?$/.test(word) ? words.slice(i + 1) : [];
    if (rest[0] !== undefined && /^[aeu]?[lrszdn]$|^a[lrszdnt]$|^[eu]l$/.test(rest[0])) rest.shift();
    const of = rest[0];
    if (of === undefined || of.length < 3) {
      joined.push(word);
      continue;
    }
    joined.push(`abdul${of}`);
    i = words.length - rest.length;
  }
  return joined;
}

/** Spellings of one sound, the longest first; what stands on the right is no spelling but a name of the sound. */
const sounds: readonly (readonly [RegExp, string])[] = [
  [/shch|szcz|schtsch|stsch|šč/g, "s"],
  [/tsch|tch|dzh|dsch/g, "c"],
  [/sch|sh|sz/g, "s"],
  [/ch|cz/g, "c"],
  [/zh/g, "z"],
  [/kh|gh/g, "h"],
  [/tz|ts/g, "c"],
  [/ph/g, "f"],
  [/th|dt/g, "t"],
  [/ck|q/g, "k"],
  [/x/g, "ks"],
  [/w|ff/g, "v"],
  [/ou|oo/g, "u"],
  [/ee/g, "i"],
  [/(ij|iy|yi|yj|ii|yy|ey|ei|j|y)/g, "i"],
  [/i([aeou])/g, "$1"],
  [/([aeiou])h$/g, "$1"],
  [/(.)\1+/g, "$1"],
];

/** One spelling for many of one sound: `Yushchenko`, `Juschtschenko` and `Iushenko` come near one another. */
export function soundOf(token: string): string {
  let text = token;
  for (const [spelling, sound] of sounds) text = text.replace(spelling, sound);
  return text;
}

/**
 * The consonants of a token's sound; a vowel at its beginning counts as one. Alike are what is alike voiced and voiceless,
 * and g and h, which are one letter in two Slavic languages.
 */
export function skeletonOf(token: string): string {
  const sound = soundOf(token);
  const consonants = sound
    .replace(/[aeiou]/g, "")
    .replace(/g/g, "h")
    .replace(/[dt]/g, "t")
    .replace(/[bp]/g, "p")
    .replace(/[fv]/g, "v")
    .replace(/[szc]/g, "s")
    .replace(/(.)\1+/g, "$1");
  return (/^[aeiou]/.test(sound) ? "a" : "") + consonants;
}

/** What an organisation is by law, in folded spelling; it tells hardly one from another. */
export const legalForms: ReadonlySet<string> = new Set(
  (
    "ab ag ao aktiebolag as asa bv co company corp corporation doo est fze fzco gmbh group holding holdings inc " +
    "incorporated jsc kft kg limited llc llp lp ltd nv oao oo ooo oy pao pjsc plc pte pty pvt sa sal sarl sas se sia " +
    "societe sp spa spolka srl sro srl tov tzov uab zao zoo zrt the and of i y und et"
  ).split(" "),
);

/** Parts of personal names that come and go with the spelling: articles, "son of", "father of". */
export const nameParticles: ReadonlySet<string> = new Set(
  "al el ul ad as ash an bin ibn ben bint abu umm de da di du del della van von der den la le st".split(" "),
);
