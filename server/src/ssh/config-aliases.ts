import type { ConfigFiles } from './config-files';
import { readConfigFiles } from './config-files';

/**
 * The names that the ssh configuration gives to hosts, each once, in its order. A pattern is no name: `*`, `?` and `!`
 * say which names a section is for. A configuration that cannot be read has none.
 */
export function configAliases(files: ConfigFiles): readonly string[] {
  const names = configLines(files).flatMap((line) => {
    if (!('param' in line) || line.param.toLowerCase() !== 'host') return [];
    const values = typeof line.value === 'string' ? line.value.split(/\s+/) : line.value.map(({ val }) => val);
    return values.filter((value) => value !== '' && !/[*?!]/.test(value));
  });
  return [...new Set(names)];
}

function configLines(files: ConfigFiles) {
  try {
    return [...readConfigFiles(files)];
  } catch {
    return [];
  }
}
