// SPDX-License-Identifier: MIT
// What pages put around a report, as data. Entries are regular expressions over one line, case ignored.

/** How to tell the parts of a page that are not the report. Every list can be extended by a table file. */
export interface PageTable {
  /** Whole lines that belong to the page. */
  readonly furniture: readonly string[];
  /** Whole lines after which the page lists other stories. */
  readonly related: readonly string[];
  /** Lines that ask the reader for something. */
  readonly promotion: readonly string[];
  /** Lines about rights and conditions. */
  readonly notice: readonly string[];
  /** Beginnings of a line that names writers and editors. */
  readonly byline: readonly string[];
  /** Beginnings or endings that only captions have. */
  readonly caption: readonly string[];
  /** News agencies: canonical name to the forms in datelines and credits. */
  readonly agencies: Readonly<Record<string, readonly string[]>>;
}

export const pageTable: PageTable = {
  furniture: [
    "top stories|top news|breaking( news)?|latest( news)?|trending( now)?|most (read|popular|viewed)|featured|editor'?s'? picks?",
    "home|menu|search|log ?in|sign ?in|sign ?up|register|my account|skip to (main )?content|close|back to top|print( this)?|save|copy link|e-?mail",
    "(share|tweet|pin|post|send)( this)?( (article|story|page|post))?( (on|via|to) [\\w ,/()]+)?",
    "no comments?( yet)?:?|\\d+ comments?|comments?( \\(\\d+\\))?:?|be the first to comment!?|leave a (reply|comment)|post a comment|add a comment|view comments|join the conversation",
    "\\d+ ?min(ute)?s?\\.? read|reading time:? .{1,20}|listen to (this )?(article|story).{0,20}|listen|loading\\.{0,3}|\\d+ of \\d+|\\d+ shares|views?:? [\\d,.]+",
    "tags?:.*|filed under:?.*|topics?:.*|categor(y|ies):.*|keywords?:.*",
    "(previous|next|older|newer)( (article|post|story|page))?|continue reading|show more|see more|load more|page \\d+( of \\d+)?|\\d{1,3}",
    "adverti[sz]e?ment|sponsored( content)?|story continues below( advertisement)?|article continues after (advertisement|ad)",
    "cookie (policy|settings|preferences)|privacy policy|terms (of (use|service)|and conditions)|contact us|about us|sitemap|rss( feed)?|accessibility",
    "(our )?standards:.*|our mission.*|world|politics|business|sports?|opinion|technology|science|health|culture|europe|asia|africa|americas|middle east",
  ],
  related: [
    "next in .{1,30}|up next:?|read (more|also|next)( (on|in|at) .{1,40})?:?|also read:?|see also:?|others? also read:?|more (from|on|in|about) .{1,40}|more (stories|news|headlines):?",
    "related( (stor(y|ies)|articles?|news|content|coverage|links|posts|topics))?:?|you (may|might) (also )?(like|be interested in).{0,20}|recommended( for you| stories| reading)?:?|don'?t miss:?|what to read next:?|in other news:?|elsewhere( on .{1,20})?:?|most read:?|around the web:?|from the web:?|promoted( stories)?:?",
  ],
  promotion: [
    "^(please )?(follow|like|join|find) (us|our)\\b",
    "\\b(subscribe|sign up|register)\\b.{0,60}\\b(newsletter|updates?|alerts?|briefing|free|channel|today|now|to our|our)\\b",
    "^(subscribe|sign up|download|click|tap|donate|support us|become a (member|subscriber))\\b",
    "\\b(whatsapp|telegram|youtube|instagram|tiktok)\\b.{0,30}\\b(channel|page|group)\\b.{0,60}\\b(updates?|news|alerts?|follow|join|stories)\\b",
    "\\bdownload\\b.{0,20}\\bapp\\b|\\bget the app\\b|\\bin your inbox\\b",
    "\\b(support|fund|help)\\b.{0,20}\\b(our|independent|quality) journalism\\b",
    "^(read more|read also|also read|see also|watch|more|related|listen|in pictures|gallery|explainer|opinion|don'?t miss|recommended)\\s?[:|»>]",
  ],
  notice: [
    "©|\\(c\\) ?\\d{4}|\\bcopyright\\b.{0,40}\\b(\\d{4}|reserved|by)\\b|\\ball rights reserved\\b",
    "\\b(unauthori[sz]ed|no) (use|duplication|reproduction|part of this|copying)\\b.{0,120}\\b(prohibited|permission|may be)\\b",
    "\\bmay not be (published|reproduced|broadcast|rewritten|redistributed|copied)\\b",
    "^this (article|story|report|piece|post) (was|is|has been|first|originally)\\b.{0,30}\\b(published|appeared|republished|reproduced|produced|updated|corrected|translated)\\b",
    "^(the )?(views|opinions) expressed\\b|^disclaimer\\b|^(correction|clarification|editor'?s note|note to (editors|readers))\\s?[:.—–-]",
    "\\b(published|reproduced|republished) (with|by) (the )?(permission|arrangement)\\b|\\bwe may earn\\b.{0,30}\\bcommission\\b|\\bexcept for the headline\\b",
  ],
  byline: [
    "\\(?((additional |further )?(writing|reporting|editing|compiled|edited|written|translated|produced)( and (writing|editing|reporting|additional reporting))?) (by|for)\\b",
    "by (?=\\p{Lu})",
    "(story|text|words|author|editor|reporter|written):? by\\b|(author|editor|reporter|correspondent)s?:",
  ],
  caption: [
    "^(file )?(photo|image|picture|photograph|illustration|caption|pictured|archive photo|handout)\\b[^.]{0,30}[:/|–—-]",
    "(reuters|afp|ap|epa|efe|dpa|tass|xinhua|getty( images)?|ap photo|epa-efe|shutterstock|alamy|unsplash|afp via getty images)\\s?/\\s?[\\p{L}][^.]{0,80}$",
    "/\\s?(file|handout|pool|via .{1,30})( photo)?\\s*[)]?\\.?$|\\bfile (photo|picture|image)\\b\\s*[)]?\\.?$",
    "[(\\[](photo|image|picture|credit|file|courtesy|source|ap photo|handout)\\b[^)\\]]{0,80}[)\\]]\\.?$",
    "(photo|image|picture|photograph|credit|photo credit|image credit|photo courtesy)( by| of)?\\s?[:/|]?\\s[\\p{Lu}][^.!?]{1,60}\\.?$",
  ],
  agencies: {
    Reuters: ["reuters", "thomson reuters"],
    AFP: ["afp", "agence france-presse", "agence france presse"],
    "Associated Press": ["ap", "associated press", "the associated press"],
    TASS: ["tass", "itar-tass"],
    "RIA Novosti": ["ria", "ria novosti"],
    Interfax: ["interfax"],
    "Interfax-Ukraine": ["interfax-ukraine"],
    Ukrinform: ["ukrinform"],
    UPI: ["upi", "united press international"],
    DPA: ["dpa", "deutsche presse-agentur"],
    EFE: ["efe"],
    ANSA: ["ansa"],
    EPA: ["epa", "epa-efe"],
    Xinhua: ["xinhua"],
    Kyodo: ["kyodo", "kyodo news"],
    Yonhap: ["yonhap"],
    Anadolu: ["aa", "anadolu", "anadolu agency"],
    PTI: ["pti", "press trust of india"],
    ANI: ["ani"],
    IANS: ["ians"],
    Bloomberg: ["bloomberg", "bloomberg news"],
    "PA Media": ["pa", "pa media", "press association"],
    Belga: ["belga"],
    APA: ["apa"],
    PAP: ["pap"],
    CTK: ["ctk", "čtk"],
    MTI: ["mti"],
    SANA: ["sana"],
    IRNA: ["irna"],
    WAM: ["wam"],
    "Canadian Press": ["cp", "the canadian press", "canadian press"],
    AAP: ["aap"],
    Notimex: ["notimex"],
    Lusa: ["lusa"],
  },
};
