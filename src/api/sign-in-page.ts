import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Appearance, htmlAttributes, type InterfaceLanguage } from "./appearance.ts";
import { SIGN_IN_PATH } from "./authentication.ts";

const WORDS: Readonly<Record<InterfaceLanguage, Readonly<Record<string, string>>>> = {
  en: {
    title: "Sign in",
    brand: "Rasid",
    lead: "Give an API key once; this browser then has a session of twelve hours.",
    key: "API key",
    submit: "Sign in",
    wrong: "That is no key, or it was revoked.",
    hint: "A key is made by whoever runs Rasid:",
  },
  ar: {
    title: "تسجيل الدخول",
    brand: "راصد",
    lead: "أدخل مفتاح الواجهة مرة واحدة، فيحصل هذا المتصفح على جلسة مدتها اثنتا عشرة ساعة.",
    key: "مفتاح الواجهة",
    submit: "دخول",
    wrong: "هذا ليس مفتاحًا، أو أنه أُبطل.",
    hint: "يصدر المفتاح من يشغّل راصد:",
  },
};
const OTHER: Readonly<Record<InterfaceLanguage, readonly [InterfaceLanguage, string]>> = {
  en: ["ar", "العربية"],
  ar: ["en", "English"],
};

/** The style of the sign-in page: the dashboard's measures and colours, which the build puts beside its files. */
export function signInStyle(dashboardFolder: string): string {
  const source = join(import.meta.dirname, "..", "web", "style");
  const folder = import.meta.url.endsWith(".ts") ? source : join(dashboardFolder, "style");
  return ["tokens.css", "base.css", "sign-in.css"]
    .map((name) => join(folder, name))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, "utf8"))
    .join("");
}

export interface SignInPage {
  readonly appearance: Appearance;
  /** Where to go afterwards. */
  readonly next: string;
  /** Whether a key was given that is none. */
  readonly refused: boolean;
}

/** The page on which a browser gives its key; it works without scripts. */
export function signInPage({ appearance, next, refused }: SignInPage): string {
  const text = WORDS[appearance.language];
  const [other, otherName] = OTHER[appearance.language];
  const elsewhere = `${SIGN_IN_PATH}?language=${other}&next=${encodeURIComponent(next)}`;
  return `<!doctype html>
<html ${htmlAttributes(appearance)}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${text.title} · Rasid</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${SIGN_IN_PATH}/style.css">
</head>
<body>
<main>
<p class="brand">${text.brand}</p>
<h1>${text.title}</h1>
<p class="lead">${text.lead}</p>
${refused ? `<p role="alert">${text.wrong}</p>` : ""}
<form method="post" action="${SIGN_IN_PATH}">
<label for="key">${text.key}</label>
<input id="key" name="key" type="password" autocomplete="current-password" required autofocus>
<input type="hidden" name="next" value="${escaped(next)}">
<button type="submit">${text.submit}</button>
</form>
<p class="hint">${text.hint}<br><code dir="ltr">npx rasid key create</code></p>
<p class="languages"><a href="${escaped(elsewhere)}" lang="${other}" hreflang="${other}">${otherName}</a></p>
</main>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
