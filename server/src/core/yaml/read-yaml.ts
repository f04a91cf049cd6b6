import { lastRead } from './last-read';
import { createPartsReader } from './read-parts';
import type { YamlTree } from './yaml-tree';

/** The tree of a text. That of the last text is kept, and the parts of it that the next one has too. */
export const readYaml: (text: string) => YamlTree = lastRead(createPartsReader());
