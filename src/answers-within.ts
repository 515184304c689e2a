/** Whether a part that is asked answers well within so many milliseconds; an error counts as no answer. */
export async function answersWithin(ms: number, ask: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const answered = ask().then(
    () => true,
    () => false,
  );
  const inTime = await Promise.race([answered, late]);
  clearTimeout(timer);
  return inTime;
}
