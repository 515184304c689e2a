import { Readable } from "node:stream";
import { z } from "zod";
import { EXPORTS, exportColumns } from "../ledger/story-export.ts";
import type { ApiContext } from "./api-context.ts";
import { EXPORT_FORMATS, type ExportFormat, writeExport } from "./story-export.ts";
import { storyOf } from "./story-routes.ts";
import type { ZodServer } from "./zod-server.ts";

const TYPES: Record<ExportFormat, string> = {
  csv: "text/csv; charset=utf-8; header=present",
  jsonl: "application/jsonl; charset=utf-8",
};

const storyParams = z.object({ story: z.string().meta({ examples: ["armenia-azerbaijan"] }) });

/** `/api/v1/stories/:story/export`: the ledger of a story as a file, written while it is read. */
export function addExportRoutes(app: ZodServer, { db, stories, now }: ApiContext): void {
  app.get(
    "/api/v1/stories/:story/exports",
    {
      schema: {
        tags: ["stories"],
        summary: "List what of a story can be written out, with its columns",
        params: storyParams,
        response: {
          200: z.object({ exports: z.array(z.object({ what: z.enum(EXPORTS), columns: z.array(z.string()) })) }),
        },
      },
    },
    async ({ params }) => {
      storyOf(stories, params.story);
      return { exports: EXPORTS.map((what) => ({ what, columns: exportColumns(what) })) };
    },
  );
  app.get(
    "/api/v1/stories/:story/export",
    {
      schema: {
        tags: ["stories"],
        summary: "Write out a story's observations, standings, alerts or items as CSV or JSON Lines",
        params: storyParams,
        querystring: z.strictObject({
          what: z.enum(EXPORTS).default("observations"),
          format: z.enum(EXPORT_FORMATS).default("csv"),
          bom: z
            .enum(["true", "false"])
            .transform((text) => text === "true")
            .optional()
            .meta({ description: "Begin CSV with a byte order mark, for spreadsheets that need one to see UTF-8." }),
        }),
      },
    },
    async ({ params, query: { what, format, bom } }, reply) => {
      const story = storyOf(stories, params.story).id;
      const name = `${story}-${what}-${now().toISOString().slice(0, 10)}.${format}`;
      return reply
        .type(TYPES[format])
        .header("content-disposition", `attachment; filename="${name}"`)
        .header("cache-control", "no-store")
        .send(Readable.from(writeExport(db, { story, what, format, bom }), { objectMode: false }));
    },
  );
}
