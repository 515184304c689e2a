import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** Pages that are opened one after the other come in one file: many small ones pack badly, and wait for each other. */
const TOGETHER: Readonly<Record<string, RegExp>> = {
  // What all pages share, with the frame. The styles of all are in it before those of the parts, which must come after them.
  frame: /\/src\/(web\/(?!pages\/|parts\/chart\/)|domain\/)|\/preact\/|preload-helper/,
  alerts: /\/pages\/alerts\//,
  items: /\/pages\/(items|read)\//,
  story: /\/pages\/(story|evidence)\//,
  sources: /\/pages\/(feeds|endpoints|start)\//,
  operation: /\/pages\/(operation|keys)\//,
};

/** The dashboard: `npm run build` puts it into dist/web. */
export default defineConfig({
  root: fileURLToPath(new URL("src/web", import.meta.url)),
  base: "/",
  // Calls of `h` are shorter than those of the automatic runtime.
  oxc: {
    jsx: { runtime: "classic", pragma: "_h", pragmaFrag: "_F" },
    jsxInject: 'import { h as _h, Fragment as _F } from "preact"',
  },
  build: {
    outDir: fileURLToPath(new URL("dist/web", import.meta.url)),
    emptyOutDir: true,
    target: "es2022",
    // The content policy allows files of this server alone.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: { groups: Object.entries(TOGETHER).map(([name, test]) => ({ name, test })) },
      },
    },
  },
  logLevel: "warn",
});
