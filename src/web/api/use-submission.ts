import { useRef, useState } from "preact/hooks";
import type { ApiProblem } from "./client.ts";
import { problemFrom } from "./use-query.ts";

/** Something that the reader sends: whether it is on its way, and what was wrong with it the last time. */
export interface Submission<Arguments extends readonly unknown[]> {
  readonly busy: boolean;
  readonly problem: ApiProblem | null;
  readonly submit: (...given: Arguments) => Promise<void>;
  /** What was wrong is over: something else is about to be sent. */
  readonly forget: () => void;
}

/**
 * Sends once at a time: asked again while something is on its way (a double click), it does nothing.
 * @param send what it throws becomes the problem.
 */
export function useSubmission<Arguments extends readonly unknown[]>(
  send: (...given: Arguments) => Promise<void>,
): Submission<Arguments> {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const underWay = useRef(false);
  const submit = async (...given: Arguments) => {
    if (underWay.current) return;
    underWay.current = true;
    setBusy(true);
    setProblem(null);
    try {
      await send(...given);
    } catch (error) {
      setProblem(problemFrom(error));
    } finally {
      underWay.current = false;
      setBusy(false);
    }
  };
  return { busy, problem, submit, forget: () => setProblem(null) };
}
