import { fileURLToPath } from "node:url";
import preact from "@preact/preset-vite";
import { defineConfig } from "vite";

/** The dashboard: `npm run build` puts it into dist/web. */
export default defineConfig({
  root: fileURLToPath(new URL("src/web", import.meta.url)),
  base: "/",
  plugins: [preact()],
  build: {
    outDir: fileURLToPath(new URL("dist/web", import.meta.url)),
    emptyOutDir: true,
    target: "es2022",
    // The content policy allows files of this server alone.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What pages share comes in one file: twenty small ones would wait for each other. The styles of all are in it
            // before those of the parts, which must come after them.
            { name: "parts", test: /\/src\/(web\/(style\/|parts\/(?!chart\/)|words\/|api\/)|domain\/)/ },
          ],
        },
      },
    },
  },
  logLevel: "warn",
});
