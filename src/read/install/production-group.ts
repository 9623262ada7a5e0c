/** Whether a group of dependencies is for running the app, by its name; groups are for development otherwise. */
export function isProductionGroup(name: string): boolean {
  return /^(prod|production|deploy|deployment)$/i.test(name);
}
