import type { z } from "zod";
import type { auditShown } from "../../../api/audit-routes.ts";
import type { keyShown, listedKey } from "../../../api/key-routes.ts";

export type ApiKey = z.output<typeof listedKey>;
export type Scope = ApiKey["scopes"][number];
export type AuditEntry = z.output<typeof auditShown>;

/** A key as it comes once, when it is made. */
export type MadeKey = z.output<typeof keyShown> & { readonly key: string };

/** From the narrowest to the widest; each may all that those before it may. */
export const SCOPES: readonly Scope[] = ["read", "write", "admin"];

/** What a key may do: its widest scope. */
export function widestScope({ scopes }: Pick<ApiKey, "scopes">): Scope {
  return SCOPES.findLast((scope) => scopes.includes(scope)) ?? "read";
}
