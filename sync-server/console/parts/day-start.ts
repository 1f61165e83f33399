/** The instant at which a day of this machine's calendar begins. @param day YYYY-MM-DD */
export function dayStart(day: string, daysLater = 0): string {
  const [year = 1970, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
}
