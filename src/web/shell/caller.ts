/** Who is signed in, as the server says in the document. */
export interface Caller {
  /** False on a fresh install without keys, where there is nothing to sign out of. */
  readonly signedIn: boolean;
  /** The id of the key that the session was begun with; null without a session. */
  readonly key: string | null;
  /** The widest scope: what may be done beyond reading. */
  readonly scope: "read" | "write" | "admin";
}

export function caller(): Caller {
  const { signedIn, key, scope } = document.documentElement.dataset;
  return {
    signedIn: signedIn === "true",
    key: key === undefined || key === "" ? null : key,
    scope: scope === "admin" || scope === "write" ? scope : "read",
  };
}

/** Whether the reader may change things. */
export function mayWrite(): boolean {
  return caller().scope !== "read";
}

/** Whether the reader may make keys and see the audit log. */
export function isAdmin(): boolean {
  return caller().scope === "admin";
}

/**
 * Begins a session of this browser with a key, as the sign-in page does. The pages know of it once they are loaded anew.
 * @returns whether it has begun; the server answers by leading to another page.
 */
export async function signInWith(key: string): Promise<boolean> {
  const asked = { method: "POST", body: new URLSearchParams({ key }), redirect: "manual" } as const;
  const answer = await fetch("/sign-in", asked).catch(() => null);
  return answer?.type === "opaqueredirect";
}
