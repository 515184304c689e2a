import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { StepChartProps } from "./step-chart.tsx";

let chart: ComponentType<StepChartProps> | null = null;
/** Under way as soon as a page with charts is; the page itself does not wait for it. */
const loading = import("./step-chart.tsx").then(({ StepChart }) => {
  chart = StepChart;
  return StepChart;
});
// Without it the tables still say all; whoever waits is told below.
loading.catch(() => undefined);

/** A step chart, and its room until its code is there. */
export function LateStepChart(props: StepChartProps) {
  const [Chart, setChart] = useState<ComponentType<StepChartProps> | null>(() => chart);
  useEffect(() => {
    if (Chart === null)
      loading.then(
        (loaded) => setChart(() => loaded),
        () => undefined,
      );
  }, [Chart]);
  if (Chart === null) return <div style={{ height: `${props.height}px` }} />;
  return <Chart {...props} />;
}
