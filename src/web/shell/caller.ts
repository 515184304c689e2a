/** Who is signed in, as the server says in the document. */
export interface Caller {
  /** False on a fresh install without keys, where there is nothing to sign out of. */
  readonly signedIn: boolean;
  /** The widest scope: what may be done beyond reading. */
  readonly scope: "read" | "write" | "admin";
}

export function caller(): Caller {
  const { signedIn, scope } = document.documentElement.dataset;
  return { signedIn: signedIn === "true", scope: scope === "admin" || scope === "write" ? scope : "read" };
}

/** Whether the reader may change things. */
export function mayWrite(): boolean {
  return caller().scope !== "read";
}
