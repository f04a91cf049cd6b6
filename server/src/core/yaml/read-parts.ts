/**
 * Reads a text entry by entry. A mistake in one leaves the others as they are, where the YAML library would take what follows for
 * something else; and the entries are kept for the next text, because a keystroke changes one of hundreds. A text without a mistake
 * comes out as it does when it is read as a whole.
 */
import { LONGEST_TEXT } from '../text/longest-text';
import { joinMaps } from './join-maps';
import { isWorthKeeping } from './last-read';
import { shiftNode, shiftProblem, shiftSpan } from './shift-tree';
import type { YamlPart } from './yaml-parts';
import { yamlParts } from './yaml-parts';
import type { YamlNode, YamlTree } from './yaml-tree';
import { readTree } from './yaml-tree';

type Read = (text: string) => YamlTree;

/** What a part holds, with its places in the whole text. */
interface Piece extends Pick<YamlTree, 'problems' | 'damage'> {
  readonly part: YamlPart;
  /** Of its entries alone. */
  readonly map: YamlNode;
  /** Where the file's value ends if nothing follows. */
  readonly end: number;
}

/** `read` reads a text as a whole. */
export function createPartsReader(read: Read = readTree): Read {
  let kept: readonly ReadonlyMap<string, Piece>[] = [];
  return (text) => {
    const parts = text.length <= LONGEST_TEXT ? yamlParts(text) : undefined;
    if (parts === undefined) return read(text);
    const pieces: Piece[] = [];
    for (const part of parts) {
      const known = kept.find((latest) => latest.has(part.text))?.get(part.text);
      const piece = known === undefined ? readPart(read, part) : moved(known, part);
      if (piece === undefined) return read(text);
      pieces.push(piece);
    }
    if (isWorthKeeping(text))
      kept = [new Map(pieces.map((piece) => [piece.part.text, piece])), ...kept].slice(0, GENERATIONS);
    return treeOf(pieces) ?? read(text);
  };
}

/** Between two keystrokes an editor also asks about the text before the cursor, or about another file. */
const GENERATIONS = 2;

const moved = (piece: Piece, part: YamlPart): Piece => shifted({ ...piece, part }, part.start - piece.part.start);

const shifted = ({ part, map, end, problems, damage }: Piece, by: number): Piece => ({
  part,
  map: shiftNode(map, by),
  end: end + by,
  problems: problems.map((each) => shiftProblem(each, by)),
  damage: damage.map((place) => shiftSpan(place, by)),
});

/** A section for an entry that was cut out of one: it keeps its indentation, so the parser does what it did there. */
const SECTION = 'x';

/** Undefined for what is no map, and for what can be mended in the whole text alone. */
function readPart(read: Read, part: YamlPart): Piece | undefined {
  const header = part.isNested ? `${SECTION}:\n` : '';
  const { root, problems, damage } = read(header + part.text);
  const map = part.isNested ? root?.entries.get(SECTION)?.node : root;
  if (root === undefined || map?.kind !== 'map') return undefined;
  if (problems.length > 0 && part.text.includes('\t')) return undefined;
  return shifted({ part, map, end: root.span.end, problems, damage }, part.start - header.length);
}

function treeOf(pieces: readonly Piece[]): YamlTree | undefined {
  const sections: { readonly key: YamlNode; readonly inner: YamlNode[] }[] = [];
  for (const { part, map } of pieces) {
    if (part.isNested) sections.at(-1)?.inner.push(map);
    else sections.push({ key: map, inner: [] });
  }
  const problems = pieces.flatMap((piece) => piece.problems);
  const maps = sections.map(({ key, inner }) =>
    inner.length === 0 ? key : withSection(key, joinMaps(inner, problems)),
  );
  const root = joinMaps(maps, problems, pieces.at(-1)?.end);
  return root && { root, problems, damage: pieces.flatMap((piece) => piece.damage) };
}

/** The map of one key, which gets its value. */
function withSection(map: YamlNode, section: YamlNode | undefined): YamlNode | undefined {
  const [[name, entry] = []] = map.entries;
  if (name === undefined || entry === undefined || section === undefined || map.entries.size > 1) return undefined;
  return { ...map, entries: new Map([[name, { ...entry, node: section }]]) };
}
