/** What a process may be given to do. */
export const ROLES = ["api", "fetch", "deduplicate", "classify", "match", "deliver", "reconcile"] as const;
export type Role = (typeof ROLES)[number];
