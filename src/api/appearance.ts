import "@fastify/cookie";
import type { FastifyRequest } from "fastify";

export const LANGUAGES = ["en", "ar"] as const;
export type InterfaceLanguage = (typeof LANGUAGES)[number];
export type Theme = "light" | "dark" | "system";

/** How a reader wants to see the pages. */
export interface Appearance {
  readonly language: InterfaceLanguage;
  readonly direction: "ltr" | "rtl";
  readonly theme: Theme;
}

/** The cookies in which the dashboard remembers the reader's choices. */
export const LANGUAGE_COOKIE = "rasid_language";
const THEME_COOKIE = "rasid_theme";

/**
 * What the reader chose; without a choice the browser's first language that there is, and the system's theme.
 * @param asked the language that is asked for this time.
 */
export function appearanceOf(
  request: Pick<FastifyRequest, "cookies" | "headers">,
  asked?: InterfaceLanguage,
): Appearance {
  const chosen = asked ?? request.cookies[LANGUAGE_COOKIE];
  const language = LANGUAGES.find((one) => one === chosen) ?? preferred(request.headers["accept-language"]);
  const theme = request.cookies[THEME_COOKIE];
  return {
    language,
    direction: language === "ar" ? "rtl" : "ltr",
    theme: theme === "light" || theme === "dark" ? theme : "system",
  };
}

function preferred(header: string | undefined): InterfaceLanguage {
  const wishes = (header ?? "").split(",").map((wish) => {
    const [tag = "", ...parameters] = wish.trim().split(";");
    const weight = parameters.map((text) => /^\s*q=([\d.]+)$/.exec(text)?.[1]).find((text) => text !== undefined);
    return { language: tag.trim().slice(0, 2).toLowerCase(), weight: Number(weight ?? 1) };
  });
  const first = wishes
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ language }) => LANGUAGES.find((one) => one === language))
    .find((language) => language !== undefined);
  return first ?? "en";
}

/** The attributes of `<html>` for an appearance. */
export function htmlAttributes({ language, direction, theme }: Appearance): string {
  return `lang="${language}" dir="${direction}" data-theme="${theme}"`;
}
