import { Document, isCollection, isScalar, visit } from "yaml";

/** Above a draft that nobody has looked at yet. */
export const DRAFT_HEAD = `# Drawn from an article by «rasid baseline draft». Look at every claim, then remove its \`review\`: a file that still
# has one is refused. \`quote\` with \`field\`, \`start\` and \`end\` are the words that carry a claim; they may stay.

`;

/** What reads better on one line. */
const ON_ONE_LINE: ReadonlySet<string> = new Set(
  "figure windows undated stages variants voices silence named order same values".split(" "),
);

/** A baseline as YAML, under a comment. */
export function baselineYaml(baseline: object, head: string): string {
  const document = new Document(baseline, { aliasDuplicateObjects: false });
  visit(document, {
    Pair: (_, { key, value }) => {
      if (isScalar(key) && ON_ONE_LINE.has(String(key.value)) && isCollection(value)) value.flow = true;
    },
  });
  return head + document.toString({ lineWidth: 120 });
}
