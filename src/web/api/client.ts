import type { FieldError } from "../../api/problem.ts";

/** An answer that is an error (problem details), or no answer at all (status 0). */
export class ApiProblem extends Error {
  readonly status: number;
  readonly title: string;
  readonly errors: readonly FieldError[];
  constructor(status: number, title: string, detail: string, errors: readonly FieldError[]) {
    super(detail);
    this.name = "ApiProblem";
    this.status = status;
    this.title = title;
    this.errors = errors;
  }
  /** What is wrong with one field of the request, if anything. */
  problemOf(field: string): string | null {
    return this.errors.find((error) => isOf(field, error))?.problem ?? null;
  }
  /** What is wrong apart from these fields, each of which says beside itself what is wrong with it; null: nothing. */
  problemApartFrom(...fields: readonly string[]): string | null {
    if (this.errors.length === 0) return this.message;
    const others = this.errors.filter((error) => !fields.some((field) => isOf(field, error)));
    return others.length === 0 ? null : others.map(({ field, problem }) => `${field}: ${problem}`).join(" · ");
  }
}

/** Whether an error is of the field of this name, wherever in the request it stands. */
function isOf(field: string, error: FieldError): boolean {
  return error.field === field || error.field.endsWith(`.${field}`);
}

/** What goes behind the question mark; undefined, null and empty values are left out, lists are joined with commas. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | null | undefined>>;

/** A path with its query, in an order that does not change. */
export function pathWith(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const text = Array.isArray(value) ? value.join(",") : String(value ?? "");
    if (text !== "") parameters.append(name, text);
  }
  const text = parameters.toString();
  return text === "" ? path : `${path}?${text}`;
}

/** Reads from the API. The answer's shape is the API's own (`import type` from src/api). @throws ApiProblem */
export function get<T>(path: string, { query, signal }: { query?: Query; signal?: AbortSignal } = {}): Promise<T> {
  return ask<T>("GET", pathWith(path, query), undefined, signal);
}

/** @throws ApiProblem */
export function post<T>(path: string, body: unknown = {}): Promise<T> {
  return ask<T>("POST", path, body);
}

/** @throws ApiProblem */
export function put<T>(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<T> {
  return ask<T>("PUT", path, body, undefined, headers);
}

/** @throws ApiProblem */
export function patch<T>(path: string, body: unknown): Promise<T> {
  return ask<T>("PATCH", path, body);
}

/** DELETE; `delete` is a word of the language. @throws ApiProblem */
export function remove<T>(path: string): Promise<T> {
  return ask<T>("DELETE", path);
}

let changedAt = 0;

/** Something was changed, here or by a report: answers to what was asked before may be out of date. */
export function noteChange(): void {
  changedAt = performance.now();
}

/** When that was last (`performance.now()`). */
export function lastChangeAt(): number {
  return changedAt;
}

async function ask<T>(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
  more: Readonly<Record<string, string>> = {},
): Promise<T> {
  const headers: Record<string, string> = { accept: "application/json", ...more };
  if (body !== undefined) headers["content-type"] = "application/json";
  const request: RequestInit = { method, headers, credentials: "same-origin" };
  if (body !== undefined) request.body = JSON.stringify(body);
  if (signal !== undefined) request.signal = signal;
  const response = await fetch(path, request).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new ApiProblem(0, "No answer", "Rasid does not answer", []);
  });
  if (response.status === 401) leadToSignIn();
  const text = await response.text();
  if (method !== "GET") noteChange();
  if (!response.ok) throw problemIn(response.status, response.statusText, text);
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

/** The session has ended: the same page again after signing in. */
function leadToSignIn(): void {
  const here = `${window.location.pathname}${window.location.search}`;
  window.location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
}

interface ProblemDetails {
  readonly title?: unknown;
  readonly detail?: unknown;
  readonly errors?: readonly FieldError[];
}

function problemIn(status: number, statusText: string, text: string): ApiProblem {
  const details = detailsIn(text);
  const title = typeof details.title === "string" ? details.title : statusText;
  const detail = typeof details.detail === "string" ? details.detail : `${status} ${statusText}`;
  return new ApiProblem(status, title, detail, details.errors ?? []);
}

function detailsIn(text: string): ProblemDetails {
  try {
    return (JSON.parse(text) ?? {}) as ProblemDetails;
  } catch {
    return {};
  }
}
