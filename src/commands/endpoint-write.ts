import { audited } from "../api/api-context.ts";
import { endpointOf } from "../api/endpoint-routes.ts";
import { enabledEndpoint } from "../api/endpoint-sending-routes.ts";
import type { AuditedAction } from "../domain/audited-action.ts";
import type { Endpoint } from "../ledger/endpoints.ts";
import type { Database } from "../ledger/schema.ts";
import { CLI_ACTOR, checkedId } from "./ledger-command.ts";

const now = () => new Date();

/** @throws Problem where there is none, InputError where the id is no id. */
export function found(db: Database, id: string): Promise<Endpoint> {
  return endpointOf({ db }, checkedId(id));
}

/** @throws Problem where there is none, or nothing is sent to it, InputError where the id is no id. */
export function enabled(db: Database, id: string): Promise<Endpoint> {
  return enabledEndpoint({ db }, checkedId(id));
}

/** Does a write of the command line and enters it in the audit log. */
export function write<T>(
  db: Database,
  work: (trx: Database) => Promise<T>,
  entry: (result: T) => readonly [action: AuditedAction, target: string],
): Promise<T> {
  return audited({ db, now }, CLI_ACTOR, work, (result) => {
    const [action, target] = entry(result);
    return { action, target };
  });
}
