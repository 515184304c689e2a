import { parser } from "@prometheus-io/lezer-promql";

/** Grafana puts these in before Prometheus sees the expression. */
const GRAFANA = [
  [/\$__rate_interval/g, "5m"],
  [/\$\w+/g, "x"],
] as const;

/** The metrics and labels that a PromQL expression asks for. @throws Error where it is no PromQL. */
export function namesOf(expression: string): { metrics: Set<string>; labels: Set<string> } {
  const text = GRAFANA.reduce((so, [pattern, value]) => so.replace(pattern, value), expression);
  const metrics = new Set<string>();
  const labels = new Set<string>();
  parser.parse(text).iterate({
    enter: ({ type, from, to, node }) => {
      if (type.isError) throw new Error(`no PromQL at ${from}: ${text}`);
      const word = text.slice(from, to);
      if (type.name === "Identifier" && node.parent?.name === "VectorSelector") metrics.add(word);
      if (type.name === "LabelName") labels.add(word);
    },
  });
  return { metrics, labels };
}
