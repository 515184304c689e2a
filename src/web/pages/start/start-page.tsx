import type { ComponentChildren } from "preact";
import { Icon } from "../../parts/icon.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { LoadingMessage, ProblemMessage } from "../../parts/state-message.tsx";
import { useWords } from "../../words/words.ts";
import { firstSteps, type Setup, useSetup } from "./setup.ts";
import "./start.css";
import { words } from "./words.ts";

/** `/start`: what is still missing until an alert reaches its reader. */
export function Page() {
  const text = useWords(words);
  const { setup, error, reload } = useSetup();
  return (
    <>
      <PageHeader title={text.title} lead={text.lead} />
      {error !== null && <ProblemMessage problem={error} onRetry={reload} />}
      {setup === null && error === null && <LoadingMessage lines={6} />}
      {setup !== null && <Steps setup={setup} />}
    </>
  );
}

function Steps({ setup }: { setup: Setup }) {
  const text = useWords(words);
  const steps = firstSteps(setup);
  const done = steps.filter((step) => step.done).length;
  const failing = setup.failing > 0 ? ` · ${text.feedsFailing(setup.failing)}` : "";
  return (
    <div class="start">
      <div class="start-steps">
        <p class="start-progress">
          <progress value={done} max={steps.length} aria-hidden="true" />
          {text.progress(done, steps.length)}
        </p>
        {done === steps.length && (
          <p class="start-all-done">
            {text.allDone} <a href="/">{text.story}</a>
          </p>
        )}
        <ol>
          <Step
            done={setup.feeds > 0}
            title={text.feeds}
            now={setup.feeds > 0 ? `${text.feedsNow(setup.feeds)}${failing}` : undefined}
            action={
              <Link
                href="/feeds"
                label={setup.feeds > 0 ? text.feedsOpen : text.feedsAction}
                main={setup.feeds === 0}
              />
            }
          >
            {text.feedsText}
          </Step>
          <Step
            done={setup.items}
            title={text.items}
            now={setup.items ? text.itemsNow : undefined}
            action={<Link href="/items" label={text.itemsAction} />}
          >
            {text.itemsText}
          </Step>
          <Step
            done={setup.endpoints > 0}
            title={text.endpoint}
            now={setup.endpoints > 0 ? text.endpointNow(setup.endpoints) : undefined}
            action={
              <Link
                href="/endpoints"
                label={setup.endpoints > 0 ? text.endpointOpen : text.endpointAction}
                main={setup.endpoints === 0}
              />
            }
          >
            {text.endpointText}
          </Step>
          <Step
            done={setup.key}
            title={text.key}
            now={setup.key ? text.keyNow : undefined}
            action={<Link href="/keys" label={setup.key ? text.keyOpen : text.keyAction} main={!setup.key} />}
          >
            {text.keyText}
          </Step>
        </ol>
      </div>
      <aside class="start-aside stack">
        <section class="card">
          <h2>{text.demo}</h2>
          <p>{text.demoText}</p>
          <p class="muted small">{text.demoRun}</p>
          <Command line="npm run demo" />
        </section>
        <section class="card">
          <h2>{text.read}</h2>
          <p>{text.readText}</p>
          <Link href="/read" label={text.readAction} />
        </section>
      </aside>
    </div>
  );
}

interface StepProps {
  readonly done: boolean;
  readonly title: string;
  /** How it stands. */
  readonly now?: string | undefined;
  readonly action: ComponentChildren;
  readonly children: ComponentChildren;
}

function Step({ done, title, now, action, children }: StepProps) {
  const text = useWords(words);
  return (
    <li class={done ? "card start-step start-done" : "card start-step"}>
      <span class="start-mark" role="img" aria-label={done ? text.done : text.open}>
        {done && <Icon name="check" />}
      </span>
      <div class="stack">
        <div>
          <h2>{title}</h2>
          <p>{children}</p>
          {now !== undefined && <p class="start-now">{now}</p>}
        </div>
        {action}
      </div>
    </li>
  );
}

function Link({ href, label, main = false }: { href: string; label: string; main?: boolean }) {
  return (
    <p>
      <a class={main ? "button button-primary" : "button"} href={href}>
        {label}
      </a>
    </p>
  );
}

function Command({ line }: { line: string }) {
  return (
    // What scrolls must be reachable by keyboard.
    <pre tabIndex={0} class="start-command" lang="en">
      {line}
    </pre>
  );
}
