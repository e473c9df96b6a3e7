/** How many megabytes of decoded frames the reading screen may keep; read when its frame store is made. */

let budgetMb = 1024;

export function setFrameBudget(megabytes: number): void {
  budgetMb = megabytes;
}

export const frameBudgetMb = (): number => budgetMb;
