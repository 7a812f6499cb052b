/** The rule files of a folder, by category and id. */
export function toRuleFiles(directory: string): { category: string; id: string }[];
/** The text of the registry. */
export function toRegistry(files: { category: string; id: string }[]): string;
