/** Reads digits with their separators ("1,500", "62.263", "1,5"); null where they are no single number ("20:00", "13.09.2022"). */
export function digitValue(digits: string, decimal: "." | ","): number | null {
  if (digits.includes(":")) return null;
  const marks = digits.match(/[.,]/g);
  if (!marks) return Number(digits);
  const groups = digits.split(/[.,]/);
  const mixed = new Set(marks).size > 1;
  const lastIsFraction =
    mixed ||
    (marks.length === 1 && (groups[1]!.length !== 3 || groups[0] === "0" || (marks[0] === decimal && decimal === ".")));
  const whole = lastIsFraction ? groups.slice(0, -1) : groups;
  if (whole.slice(1).some((group) => group.length !== 3) || whole[0]!.length > (whole.length > 1 ? 3 : 99)) return null;
  return Number(whole.join("") + (lastIsFraction ? `.${groups.at(-1)}` : ""));
}
