import { useEffect, useState } from "preact/hooks";

/** The colours that a canvas draws with: a canvas knows nothing of the style sheet. */
export interface Palette {
  readonly sides: Readonly<Record<"a" | "b" | "c" | "d", string>>;
  readonly text: string;
  readonly line: string;
  readonly font: string;
}

function readPalette(): Palette {
  // A property holds the values of both themes; only what is coloured by it says which one counts.
  const sample = document.body.appendChild(document.createElement("span"));
  const colour = (name: string) => {
    sample.style.color = `var(${name})`;
    return getComputedStyle(sample).color;
  };
  const palette = {
    sides: { a: colour("--side-a"), b: colour("--side-b"), c: colour("--side-c"), d: colour("--side-d") },
    text: colour("--text-2"),
    line: colour("--line"),
    font: getComputedStyle(document.body).fontFamily,
  };
  sample.remove();
  return palette;
}

/** The colours of the theme, read anew when it changes. */
export function usePalette(): Palette {
  const [palette, setPalette] = useState(readPalette);
  useEffect(() => {
    const changed = () => setPalette(readPalette());
    const watch = new MutationObserver(changed);
    watch.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", changed);
    return () => {
      watch.disconnect();
      dark.removeEventListener("change", changed);
    };
  }, []);
  return palette;
}
