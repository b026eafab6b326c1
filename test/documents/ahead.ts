// Scripts that the pages name before package.json has them. A name goes when its script is there: commands.test.ts says so.

/** The names of the scripts. */
export const aheadOfCode: readonly string[] = ['doctor', 'drill'];
