/**
 * What is bundled in place of a package. The build of yaml for Node asks the environment for a debugging switch at every
 * token, which is a quarter of the time that reading a policy takes; the one for browsers is the same without it.
 */
export const ALIASES: Readonly<Record<string, string>> = { yaml: './node_modules/yaml/browser/index.js' };
