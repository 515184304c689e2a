import { AUDITED_ACTIONS, type AuditedAction } from "../../../domain/audited-action.ts";
import type { Query } from "../../api/client.ts";
import { FilterFold } from "../../parts/filter-fold.tsx";
import { type Choice, FilterMenu } from "../../parts/filter-menu.tsx";
import "../../parts/filters.css";
import { navigate } from "../../shell/router.ts";
import { dayAt } from "../../words/dates.ts";
import { useWords } from "../../words/words.ts";
import { words } from "./words.ts";

/** What entries are asked for by, as the address keeps it; days are those of the reader's zone. */
export interface AuditFilters {
  readonly who: readonly string[];
  readonly what: readonly string[];
  readonly from: string;
  readonly to: string;
}

const NO_FILTERS: AuditFilters = { who: [], what: [], from: "", to: "" };

/** What an action is about: `endpoint` of `endpoint.rotate`. */
type About = AuditedAction extends infer A ? (A extends `${infer Thing}.${string}` ? Thing : never) : never;

const ABOUT: readonly About[] = [...new Set(AUDITED_ACTIONS.map((action) => action.split(".")[0] as About))];

const listIn = (text: string | null): string[] => (text ?? "").split(",").filter((one) => one !== "");

export function auditFiltersIn(query: URLSearchParams): AuditFilters {
  return {
    who: listIn(query.get("who")),
    what: listIn(query.get("what")),
    from: query.get("from") ?? "",
    to: query.get("to") ?? "",
  };
}

export function areSet({ who, what, from, to }: AuditFilters): boolean {
  return who.length + what.length > 0 || from !== "" || to !== "";
}

/** The filters as the API asks for them. */
export function queryOf({ who, what, from, to }: AuditFilters): Query {
  return { actors: who, actions: what, since: dayAt(from, 0), until: dayAt(to, 1) };
}

function keep({ who, what, from, to }: AuditFilters): void {
  const given = Object.entries({ who: who.join(","), what: what.join(","), from, to }).filter(([, one]) => one !== "");
  const text = new URLSearchParams(given).toString();
  navigate(text === "" ? "/keys" : `/keys?${text}`, { replace: true });
}

export const clearFilters = () => keep(NO_FILTERS);

/** @param actors who may have asked. */
export function AuditFilterBar({ filters, actors }: { filters: AuditFilters; actors: readonly Choice[] }) {
  const text = useWords(words);
  const set = (changes: Partial<AuditFilters>) => keep({ ...filters, ...changes });
  const day = (name: "from" | "to") => (
    <label class="filter-labelled">
      {text[name]}
      <input type="date" value={filters[name]} onChange={({ currentTarget }) => set({ [name]: currentTarget.value })} />
    </label>
  );
  return (
    <FilterFold label={text.filter} set={areSet(filters)}>
      <div class="filters">
        <FilterMenu label={text.who} choices={actors} chosen={filters.who} onChange={(who) => set({ who })} />
        <FilterMenu
          label={text.what}
          choices={ABOUT.map((about) => ({ value: about, label: text.about[about] }))}
          chosen={filters.what}
          onChange={(what) => set({ what })}
        />
        {day("from")}
        {day("to")}
        {areSet(filters) && (
          <button type="button" class="button button-quiet" onClick={clearFilters}>
            {text.clear}
          </button>
        )}
      </div>
    </FilterFold>
  );
}
