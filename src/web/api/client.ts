import type { CodedShown } from "../../api/coded-reason.ts";
import type { FieldError } from "../../api/problem.ts";
import type { Told } from "../parts/reasons/reason-text.ts";
import { hasUnsaved, SESSION_ENDED } from "./unsaved.ts";

/** What is wrong with one field, with its code. */
type CodedFieldError = FieldError & { readonly coded: CodedShown };

/** An answer that is an error (problem details), or no answer at all (status 0). */
export class ApiProblem extends Error {
  readonly status: number;
  readonly told: Told;
  readonly errors: readonly CodedFieldError[];
  constructor(status: number, told: Told, errors: readonly CodedFieldError[] = []) {
    super(told.text);
    this.name = "ApiProblem";
    this.status = status;
    this.told = told;
    this.errors = errors;
  }
  /** What is wrong with one field of the request, if anything. */
  problemOf(field: string): Told | null {
    const error = this.errors.find((one) => isOf(field, one));
    return error === undefined ? null : toldOfField(error);
  }
  /** What is wrong apart from these fields, each of which says beside itself what is wrong with it; null: nothing. */
  problemApartFrom(...fields: readonly string[]): readonly Told[] | null {
    if (this.errors.length === 0) return [this.told];
    const others = this.errors.filter((error) => !fields.some((field) => isOf(field, error)));
    return others.length === 0 ? null : others.map((error) => ({ ...toldOfField(error), field: error.field }));
  }
}

const toldOfField = ({ problem, coded }: CodedFieldError): Told => ({ text: problem, coded });

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

const SILENT: Told = { text: "Rasid does not answer", coded: { code: "silent", parameters: {} } };

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
    throw new ApiProblem(0, SILENT);
  });
  if (response.status === 401) leadToSignIn();
  const text = await response.text();
  if (method !== "GET") noteChange();
  if (!response.ok) throw problemIn(response.status, response.statusText, text);
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

/** The session has ended: the same page again after signing in; what is not saved is not thrown away for that. */
function leadToSignIn(): void {
  if (hasUnsaved()) {
    window.dispatchEvent(new Event(SESSION_ENDED));
    return;
  }
  const here = `${window.location.pathname}${window.location.search}`;
  window.location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
}

interface ProblemDetails {
  readonly detail?: unknown;
  readonly coded?: CodedShown;
  readonly errors?: readonly CodedFieldError[];
}

function problemIn(status: number, statusText: string, text: string): ApiProblem {
  const details = detailsIn(text);
  const detail = typeof details.detail === "string" ? details.detail : `${status} ${statusText}`;
  return new ApiProblem(status, { text: detail, coded: details.coded ?? null }, details.errors);
}

function detailsIn(text: string): ProblemDetails {
  try {
    return (JSON.parse(text) ?? {}) as ProblemDetails;
  } catch {
    return {};
  }
}
