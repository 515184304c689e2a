import { useState } from "preact/hooks";

export type Theme = "light" | "dark" | "system";

const COOKIE = "rasid_theme";
const YEAR_SECONDS = 365 * 24 * 3600;
const THEMES: readonly Theme[] = ["light", "dark", "system"];

/** The theme that the document was served in, and a way to choose another, which is remembered. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const served = THEMES.find((one) => one === document.documentElement.dataset.theme) ?? "system";
  const [theme, setTheme] = useState<Theme>(served);
  return [
    theme,
    (chosen) => {
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
      document.cookie = `${COOKIE}=${chosen}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
      document.documentElement.dataset.theme = chosen;
      setTheme(chosen);
    },
  ];
}
