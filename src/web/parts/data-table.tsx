// biome-ignore-all lint/a11y/noRedundantRoles: shown as cards, a table loses the roles of its own
import type { ComponentChildren } from "preact";
import { useWords } from "../words/words.ts";
import { words } from "./words.ts";

export interface Column<Row> {
  readonly key: string;
  readonly label: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** Numbers stand at the end of their column. */
  readonly numeric?: boolean;
  /** The cell that names the row: a heading on cards. */
  readonly heading?: boolean;
}

interface DataTableProps<Row> {
  /** What the table holds, for those who do not see it. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** On narrow screens: `cards` (a card for each row) or `scroll` (sideways in its own region). */
  readonly narrow?: "cards" | "scroll";
  readonly rowClass?: (row: Row) => string | undefined;
}

/** A table that stays readable at 360 px. */
export function DataTable<Row>({ caption, columns, rows, keyOf, narrow = "cards", rowClass }: DataTableProps<Row>) {
  const text = useWords(words);
  const scrolls = narrow === "scroll";
  return (
    // What scrolls must be reachable by keyboard.
    <section
      class={`table-region table-${narrow}`}
      tabIndex={scrolls ? 0 : undefined}
      aria-label={scrolls ? `${caption}. ${text.table}` : caption}
    >
      <table role="table">
        <caption class="visually-hidden">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ key, label, numeric }) => (
              <th key={key} role="columnheader" scope="col" class={numeric ? "numeric" : undefined}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={keyOf(row)} role="row" class={rowClass?.(row)}>
              {columns.map((column) => (
                <Cell key={column.key} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const { label, numeric, heading, cell } = column;
  const looks = [numeric ? "numeric" : "", heading ? "cell-heading" : ""].join(" ").trim();
  const shared = { class: looks === "" ? undefined : looks, "data-label": label };
  if (heading)
    return (
      <th {...shared} role="rowheader" scope="row">
        {cell(row)}
      </th>
    );
  return (
    <td {...shared} role="cell">
      <span>{cell(row)}</span>
    </td>
  );
}
